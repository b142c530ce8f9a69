using System.Runtime.InteropServices;
using Trama.Diagnosis.Evidence;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>What the rules read of a connection, or of a chapter of it.</summary>
internal sealed class ConnectionEvidence
{
    /// <summary>The segment size of a path of Ethernets (1500 bytes less 40).</summary>
    private const int UsualSegmentBytes = 1460;

    /// <summary>The same with IPv6's header, longer by 20.</summary>
    private const int UsualSegmentBytes6 = 1440;

    /// <summary>What the timestamps option takes of each segment (RFC 7323 appendix A).</summary>
    private const int TimestampsBytes = 12;

    // RFC 7323 section 2.3.
    private const int LargestScale = 14;

    private readonly Chapter _chapter;
    private readonly Identifications[] _identifications;
    private readonly int[] _firstFins = [-1, -1];

    public ConnectionEvidence(Connection connection, Chapter chapter)
    {
        (Connection, _chapter) = (connection, chapter);
        chapter.Straighten();
        IsIpv6 = connection.Client.Address.IsIpv6;
        _identifications = [Evidence.Identifications.Read(chapter.Segments, Side.Client, IsIpv6),
            Evidence.Identifications.Read(chapter.Segments, Side.Server, IsIpv6)];
        ReadOnlySpan<TracedSegment> segments = Segments;
        for (int i = segments.Length - 1; i >= 0; i--)
            if ((segments[i].Flags & TcpFlags.Fin) != 0) _firstFins[(int)segments[i].From] = i;
        Streams = [ToServer, ToClient];
        Vantage = new Vantage(this);
        long bothLegsNs = Vantage.LegToServerNs + Vantage.LegToClientNs;
        RttNs = Math.Min(connection.HandshakeNs ?? bothLegsNs, Vantage.HasBothLegs ? bothLegsNs : long.MaxValue);
        IsFiltered = Unseen.AreAcknowledgements(this);
        TlsHandshake = Evidence.TlsHandshake.Of(connection, chapter);
        foreach (StreamEvidence stream in Streams) stream.Expect(Math.Min(connection.Stream(stream.From).Packets, Segments.Length));
        EvidenceReader.Read(this);
        Turns = Evidence.Turns.Read(this);
        Dialogue = new Dialogue(this);
        Reset = Evidence.Reset.Find(this);
        Losses = Evidence.Losses.Read(this);
    }

    public Connection Connection { get; }

    public bool IsIpv6 { get; }

    /// <summary>The segments in the order of the capture.</summary>
    public ReadOnlySpan<TracedSegment> Segments => CollectionsMarshal.AsSpan(_chapter.Segments);

    /// <summary>ICMP errors about them.</summary>
    public IReadOnlyList<(long Packet, QuotedSegment Error)> Errors => _chapter.Errors;

    /// <summary>What the client sent.</summary>
    public StreamEvidence ToServer { get; } = new(Side.Client);

    /// <summary>What the server sent.</summary>
    public StreamEvidence ToClient { get; } = new(Side.Server);

    /// <summary>Both.</summary>
    public IReadOnlyList<StreamEvidence> Streams { get; }

    /// <summary>The segments that were lost.</summary>
    public List<Loss> Losses { get; }

    /// <summary>Who spoke when.</summary>
    public List<Turn> Turns { get; }

    /// <summary>How they talk.</summary>
    public Dialogue Dialogue { get; }

    /// <summary>What the protocol says of their exchanges.</summary>
    public ProtocolEvidence Protocol => _chapter.Protocol;

    /// <summary>Its TLS handshake; null without one.</summary>
    public TlsHandshake? TlsHandshake { get; }

    /// <summary>The RST that ended the connection; null without one.</summary>
    public Reset? Reset { get; }

    /// <summary>What the payloads look like.</summary>
    public IReadOnlyList<PayloadGlimpse> Glimpses => _chapter.Glimpses;

    /// <summary>Where the capture was taken.</summary>
    public Vantage Vantage { get; }

    /// <summary>The round trip between the two ends when nothing delays it, in nanoseconds; 0 when never measured.</summary>
    public long RttNs { get; }

    public StreamEvidence Stream(Side from) => from == Side.Client ? ToServer : ToClient;

    public Identifications Identifications(Side from) => _identifications[(int)from];

    /// <summary>
    /// The payload of a full-size segment, in bytes: what both announced, without the timestamps where they are in use (RFC 6691).
    /// </summary>
    public int FullSize
    {
        get
        {
            int usual = IsIpv6 ? UsualSegmentBytes6 : UsualSegmentBytes;
            int announced = Math.Min(Connection.ToServer.MaximumSegmentSize ?? usual, Connection.ToClient.MaximumSegmentSize ?? usual);
            bool hasTimestamps = Segments.Length > 0 && Segments[^1].Timestamps is not null;
            return Math.Max(1, hasTimestamps ? announced - TimestampsBytes : announced);
        }
    }

    /// <summary>Packets of the connection that the capture has twice; they are not among <see cref="Segments"/>.</summary>
    public IReadOnlyList<long> Copies => _chapter.Copies;

    /// <summary>How many these are, with those that were seen at another place of this host.</summary>
    public long CopyCount => _chapter.CopyCount + Connection.ToServer.SecondSights + Connection.ToClient.SecondSights;

    /// <summary>Whether the file has its packets in another order than that of their times.</summary>
    public bool IsReordered => _chapter.IsReordered;

    /// <summary>Whether the connection begins with this chapter.</summary>
    public bool IsFirst => _chapter.IsFirst;

    /// <summary>Whether the connection, or the capture, ends with this chapter.</summary>
    public bool IsLast => _chapter.IsLast;

    /// <summary>Whether the capture has no beginning of the connection.</summary>
    public bool BeginsMidway => !Connection.ToServer.Syn && !Connection.ToClient.Syn;

    /// <summary>Whether a SYN was answered with RST; one that the capture begins with, as another attempt's, hides no later one.</summary>
    public bool WasRefused
    {
        get
        {
            if (Connection.State == ConnectionState.Refused) return !HasOpened();
            if (!Connection.ToServer.Syn || Connection.ToClient.Syn || !Connection.ToClient.Rst) return false;
            int syn = FirstWith(Side.Client, TcpFlags.Syn);
            for (int i = syn + 1; syn >= 0 && i < Segments.Length; i++)
            {
                ref readonly TracedSegment answer = ref Segments[i];
                if (answer.From == Side.Server && (answer.Flags & TcpFlags.Rst) != 0
                    && answer.Acknowledgement == Segments[syn].Sequence + (uint)Segments[syn].Length + 1) return true;
            }

            return false;
        }
    }

    // A client that acknowledges has had the answer to its SYN, though nobody saw it.
    private bool HasOpened() => FirstWith(Side.Client, TcpFlags.Ack) is var acknowledges
        && acknowledges > FirstWith(Side.Client, TcpFlags.Syn) && acknowledges < FirstFrom(Side.Server);

    /// <summary>Whether the capture cut the options of segments, so that selective acknowledgements in it are not all there were.</summary>
    public bool HasCutOptions
    {
        get
        {
            foreach (ref readonly TracedSegment segment in Segments)
                if (segment.Length == 0 && (segment.Marks & SegmentMarks.Cut) != 0) return true;
            return false;
        }
    }

    /// <summary>Whether a filter left out all acknowledgements without data: what arrived, and when, cannot be told then.</summary>
    public bool IsFiltered { get; }

    /// <summary>Whether only one side was captured: a client that acknowledges was answered, though nobody saw it.</summary>
    public bool IsOneSided => Connection.ToServer.Packets == 0
        || (Connection.ToClient.Packets == 0 && FirstWith(Side.Client, TcpFlags.Ack) >= 0);

    /// <summary>
    /// Whether a request was answered in what the capture missed, so that only the client's acknowledgement shows, or in what
    /// it has before the request, as interfaces that hand over late do.
    /// </summary>
    public bool IsAnsweredElsewhere(Turn request)
    {
        if (ToClient.IsPartial || Unseen.HasReply(this, request)) return true;
        foreach (ref readonly TracedSegment segment in Segments)
        {
            if (segment.From == Side.Server && segment.Length > 0 && (segment.Marks & SegmentMarks.Retransmission) == 0
                && segment.Acknowledgement >= request.End)
                return true;
        }

        return false;
    }

    /// <summary>The number of the packet of a segment.</summary>
    public long PacketOf(int index) => Segments[index].Packet;

    /// <summary>The packets with any of some flags, in order.</summary>
    public IReadOnlyList<long> PacketsWith(TcpFlags any)
    {
        var packets = new List<long>();
        foreach (ref readonly TracedSegment segment in Segments)
            if ((segment.Flags & any) != 0) packets.Add(segment.Packet);
        return packets;
    }

    /// <summary>How many segments of a side have any of some flags.</summary>
    public int CountOf(Side from, TcpFlags any)
    {
        int count = 0;
        foreach (ref readonly TracedSegment segment in Segments)
            if (segment.From == from && (segment.Flags & any) != 0) count++;
        return count;
    }

    /// <summary>
    /// The largest window that a side may have offered, in bytes: where the scale is unknown, with the largest one that there is
    /// (RFC 7323 section 2.3).
    /// </summary>
    public long LargestWindow(Side receiver)
    {
        long largest = 0;
        bool isKnown = Connection.ToServer.WindowsAreKnown && Connection.ToClient.WindowsAreKnown;
        foreach (ref readonly TracedSegment segment in Segments)
            if (segment.From == receiver && (segment.Flags & TcpFlags.Rst) == 0) largest = Math.Max(largest, segment.Window);
        return isKnown ? largest : largest << LargestScale;
    }

    /// <summary>How often a side sent SYN before a place, or at all; copies of one within moments aside.</summary>
    public int Attempts(Side from, int before = int.MaxValue)
    {
        int attempts = 0;
        Timestamp last = default;
        foreach (ref readonly TracedSegment segment in Segments[..Math.Min(before, Segments.Length)])
        {
            if (segment.From != from || (segment.Flags & TcpFlags.Syn) == 0) continue;
            if (attempts == 0 || segment.At - last >= Thresholds.RetryNs) attempts++;
            last = segment.At;
        }

        return attempts;
    }

    /// <summary>The place of the first segment of a side with any of some flags; -1 without one.</summary>
    public int FirstWith(Side from, TcpFlags any)
    {
        if (any == TcpFlags.Fin) return _firstFins[(int)from];
        for (int i = 0; i < Segments.Length; i++)
            if (Segments[i].From == from && (Segments[i].Flags & any) != 0) return i;
        return -1;
    }

    /// <summary>The place of the first segment of a side; -1 without one.</summary>
    public int FirstFrom(Side from)
    {
        for (int i = 0; i < Segments.Length; i++)
            if (Segments[i].From == from) return i;
        return -1;
    }

    /// <summary>The place of the last segment of a side; -1 without one.</summary>
    public int LastFrom(Side from)
    {
        int last = Segments.Length - 1;
        while (last >= 0 && Segments[last].From != from) last--;
        return last;
    }

    /// <summary>The place of the last segment of a side with payload before a place; -1 without one.</summary>
    public int LastPayloadBefore(Side from, int index)
    {
        int last = index - 1;
        while (last >= 0 && (Segments[last].From != from || Segments[last].Length == 0)) last--;
        return last;
    }

    /// <summary>Whether a side sent anything between two places.</summary>
    public bool HasBetween(Side from, int after, int before)
    {
        for (int i = after + 1; i < before; i++)
            if (Segments[i].From == from) return true;
        return false;
    }

    /// <summary>Whether a side sent payload after a place.</summary>
    public bool HasPayloadAfter(Side from, int index) => LastPayloadBefore(from, Segments.Length) > index;

    /// <summary>The packets of the last segments before a place, in order.</summary>
    public IReadOnlyList<long> LastPacketsBefore(int index, int count)
    {
        var packets = new List<long>();
        for (int i = Math.Max(0, index - count); i < index; i++) packets.Add(PacketOf(i));
        return packets;
    }

    /// <summary>Whether anything was sent again after a place and up to another one.</summary>
    public bool WasDisturbed(int after, int upTo)
    {
        foreach (StreamEvidence stream in Streams)
        {
            ReadOnlySpan<Transmission> sent = stream.Sent;
            for (int place = stream.FirstAfter(after); place < sent.Length && sent[place].Index <= upTo; place++)
                if (sent[place].As is SentAs.Again or SentAs.Refilled) return true;
        }

        return false;
    }
}
