using System.Runtime.InteropServices;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What a whole capture shows of one server port: how its connections opened, and who waited.</summary>
internal sealed class ServerRecord
{
    /// <summary>A request that waits longer than this at a server that lets others knock is not being served.</summary>
    private const long UnservedNs = 900 * Thresholds.Millisecond;

    private const int MaxKept = 1024;

    private readonly List<Wait> _halfOpen = [];
    private readonly List<Wait> _knocking = [];
    private readonly List<Wait> _unserved = [];
    private readonly List<Wait> _refused = [];
    private readonly List<long> _asked = [];
    private readonly List<long> _withErrors = [];
    private readonly List<(long Connection, SilentClose Close)> _silent = [];
    private readonly long[] _first = new long[2];
    private bool _told;
    private bool _isSeen;
    private bool _isAcknowledged;

    /// <summary>Connections that a client opened, or tried to.</summary>
    public long Attempts { get; private set; }

    /// <summary>SYNs whose sender never went on, each counted once.</summary>
    public long HalfOpenCount { get; private set; }

    /// <summary>When the first of them was sent.</summary>
    public Timestamp FirstHalfOpenAt { get; private set; }

    /// <summary>When the last of them was sent.</summary>
    public Timestamp LastHalfOpenAt { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Wait> HalfOpen => _halfOpen;

    /// <summary>Connections that were refused.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Wait> Refused => _refused;

    /// <summary>Those whose SYN was repeated, answered late or never.</summary>
    public IReadOnlyList<Wait> Knocking => _knocking;

    /// <summary>Those whose request was acknowledged and waited for its reply.</summary>
    public IReadOnlyList<Wait> Unserved => _unserved;

    /// <summary>Replies that the protocol calls good or bad.</summary>
    public long Replies { get; private set; }

    /// <summary>Those of them that it calls errors.</summary>
    public long ErrorReplies { get; private set; }

    /// <summary>Those of them that are the server's, by the protocol's words.</summary>
    public long OwnErrors { get; private set; }

    /// <summary>Connections with such replies, in order.</summary>
    public IReadOnlyList<long> WithErrors => _withErrors;

    /// <summary>Whether the server ever said anything.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>Whether a client went on by itself, or closed at once, without an answer: it tells, and does not ask.</summary>
    public bool IsToldOnly => !HasSpoken && _told;

    /// <summary>Connections that it closed before anybody spoke.</summary>
    public IReadOnlyList<(long Connection, SilentClose Close)> Silent => _silent;

    /// <summary>Who speaks first there, in every connection that shows it; null where none does, or they differ.</summary>
    public Side? SpeaksFirst => _first[0] > 0 == _first[1] > 0 ? null : _first[0] > 0 ? Side.Client : Side.Server;

    /// <summary>The same of all ports of its host; null for that itself.</summary>
    public ServerRecord? Host { get; init; }

    /// <summary>Whether clients acknowledge what the capture does not have, and it has nothing of the host at all.</summary>
    public bool IsUnseen => Host?.IsUnseen ?? (!_isSeen && _isAcknowledged);

    /// <summary>Connections whose last message may have been a question, in order.</summary>
    public IReadOnlyList<long> Asked => _asked;

    /// <summary>Adds a connection at its end.</summary>
    public void Add(Connection connection, Chapter chapter, ConnectionEvidence? evidence)
    {
        Attempts++;
        HasSpoken |= connection.ToClient.PayloadBytes > 0;
        _isSeen |= connection.ToClient.Packets > 0;
        _isAcknowledged |= evidence is { IsOneSided: true };
        if (chapter.IsFirst && connection.ToClient.Syn && chapter.FirstSpeaker is { } speaker) _first[(int)speaker]++;
        if (chapter.Count > 0 && IsHalfOpen(connection, chapter))
        {
            TracedSegment first = chapter.First;
            if (HalfOpenCount++ == 0 || first.At < FirstHalfOpenAt) FirstHalfOpenAt = first.At;
            if (first.At > LastHalfOpenAt) LastHalfOpenAt = first.At;
            Keep(_halfOpen, new Wait(connection.Id, first.Packet, first.At, chapter.Segments[^1].At));
        }

        if (connection.State == ConnectionState.Refused && chapter.Count > 0)
        {
            TracedSegment syn = chapter.First;
            RefusedCount++;
            Keep(_refused, new Wait(connection.Id, syn.Packet, syn.At, syn.At));
        }

        AddReplies(connection, chapter.Protocol);
        if (evidence is null) return;
        if (_silent.Count < MaxKept && SilentClose.Of(evidence) is { } silent) _silent.Add((connection.Id, silent));
        _told |= evidence.Turns is [{ From: Side.Client } words]
            && (words.LongestPauseNs >= Dialogue.GoesOnNs || IsToldInPassing(evidence, words));
        if (evidence.Turns.Count == 1 && _asked.Count < MaxKept) _asked.Add(connection.Id);
        if (Opening(evidence) is { } knock) Keep(_knocking, knock);
        if (Unanswered(evidence) is { } request) Keep(_unserved, request);
    }

    // A client that closes at once, and is closed in return, wanted no reply.
    private static bool IsToldInPassing(ConnectionEvidence evidence, Turn words)
    {
        int fin = evidence.FirstWith(Side.Client, TcpFlags.Fin), servers = evidence.FirstWith(Side.Server, TcpFlags.Fin);
        return fin >= words.Last && servers > fin && evidence.Segments[fin].At - words.LastAt < Thresholds.RetryNs;
    }

    private static void Keep(List<Wait> waits, Wait wait)
    {
        if (waits.Count < MaxKept) waits.Add(wait);
    }

    // Where only some exchanges were chosen, nobody knows what share of all these are.
    private void AddReplies(Connection connection, ProtocolEvidence protocol)
    {
        if (protocol.Replies == 0 || !protocol.HasAll(connection)) return;
        Replies += protocol.Replies;
        ErrorReplies += protocol.Errors;
        OwnErrors += protocol.ServerErrors;
        if (protocol.Errors > 0 && _withErrors.Count < MaxKept) _withErrors.Add(connection.Id);
    }

    // One SYN, however often the capture has it.
    private static bool IsHalfOpen(Connection connection, Chapter chapter)
    {
        bool isWaiting = connection.State is ConnectionState.Unanswered or ConnectionState.Open;
        // Where the capture began too late for the SYN, or lacks the client's direction, the SYN-ACKs that nothing follows show it.
        bool hasBegun = connection.ToServer.Syn || (connection.ToServer.Packets == 0 && connection.ToClient.Syn);
        if (!isWaiting || !hasBegun || connection.ToClient.Rst) return false;
        foreach (ref readonly TracedSegment segment in CollectionsMarshal.AsSpan(chapter.Segments))
        {
            if (segment.From == Side.Server && !connection.ToServer.Syn && (segment.Flags & TcpFlags.Syn) == 0) return false;
            if (segment.From == Side.Client
                && ((segment.Flags & TcpFlags.Syn) == 0 || segment.At - chapter.First.At >= Thresholds.RetryNs)) return false;
        }

        return true;
    }

    // Until the SYN that was answered, or the last one.
    private static Wait? Opening(ConnectionEvidence evidence)
    {
        if (!evidence.Connection.ToServer.Syn || evidence.Connection.State == ConnectionState.Refused) return null;
        int syns = 0;
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        int last = 0;
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].From == Side.Server) break;
            if ((segments[i].Flags & TcpFlags.Syn) == 0) continue;
            syns++;
            last = i;
        }

        return syns < 2 ? null : new Wait(evidence.Connection.Id, segments[0].Packet, segments[0].At, segments[last].At);
    }

    private static Wait? Unanswered(ConnectionEvidence evidence)
    {
        for (int i = 0; i < evidence.Turns.Count; i++)
        {
            Turn request = evidence.Turns[i];
            if (request.From != Side.Client) continue;
            Timestamp until = i + 1 < evidence.Turns.Count ? evidence.Turns[i + 1].FirstAt : evidence.Segments[^1].At;
            if (until - request.LastAt >= UnservedNs && evidence.ToServer.Acknowledged >= request.End)
                return new Wait(evidence.Connection.Id, evidence.PacketOf(request.Last), request.LastAt, until);
        }

        return null;
    }
}
