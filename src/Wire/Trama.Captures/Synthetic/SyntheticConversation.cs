using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Captures.Synthetic;

/// <summary>
/// Packets that could have carried a conversation of which only the bytes and their times are known, as raw IP records:
/// nothing lost, nothing twice, no limits of the path. Acknowledgements travel with data, or alone where
/// <see cref="Acknowledge"/> says so.
/// </summary>
/// <remarks>Times must not go backwards. Not safe for threads.</remarks>
public sealed class SyntheticConversation
{
    // A side that only listens acknowledges after so many bytes, well before sequence numbers could be taken for older ones.
    private const int MostUnacknowledged = 1 << 20;

    private readonly SyntheticPacket _packet;
    private readonly RecordReceiver _receiver;
    private readonly End _client;
    private readonly End _server;

    internal SyntheticConversation(Endpoint client, Endpoint server, uint number, SyntheticPacket packet, RecordReceiver receiver)
    {
        _receiver = receiver;
        _packet = packet;
        bool mapped = client.Address.IsIpv6 != server.Address.IsIpv6;
        // A SYN with the sequence number of an older one would be taken for its repetition.
        uint initial = unchecked(number * 0x9e3779b1);
        _client = new End(mapped ? Mapped(client) : client, new SequenceNumber(initial));
        _server = new End(mapped ? Mapped(server) : server, new SequenceNumber(~initial));
    }

    /// <summary>The client asks for the connection, or asks again.</summary>
    public void Ask(Timestamp at)
    {
        _client.Next = _client.Initial;
        Send(_client, _server, TcpFlags.Syn, [], at);
    }

    /// <summary>The server accepts it.</summary>
    /// <param name="at">When.</param>
    /// <param name="confirmedAt">When the client knows.</param>
    public void Accept(Timestamp at, Timestamp confirmedAt)
    {
        Send(_server, _client, TcpFlags.Syn | TcpFlags.Ack, [], at);
        Send(_client, _server, TcpFlags.Ack, [], confirmedAt);
    }

    /// <summary>The server refuses it.</summary>
    public void Refuse(Timestamp at) => Send(_server, _client, TcpFlags.Rst | TcpFlags.Ack, [], at);

    /// <summary>One side says something.</summary>
    /// <param name="byClient">Whether it is the client.</param>
    /// <param name="bytes">What it says.</param>
    /// <param name="at">When.</param>
    public void Say(bool byClient, ReadOnlySpan<byte> bytes, Timestamp at)
    {
        (End from, End to) = Ends(byClient);
        while (!bytes.IsEmpty)
        {
            if (from.Next - to.Acknowledged > MostUnacknowledged) Send(to, from, TcpFlags.Ack, [], at);
            ReadOnlySpan<byte> payload = bytes[..Math.Min(bytes.Length, SyntheticPacket.MaxPayload)];
            bytes = bytes[payload.Length..];
            Send(from, to, bytes.IsEmpty ? TcpFlags.Psh | TcpFlags.Ack : TcpFlags.Ack, payload, at);
        }
    }

    /// <summary>Whether a side has acknowledged all that the other one has said.</summary>
    public bool HasAcknowledged(bool byClient)
    {
        (End listener, End speaker) = Ends(byClient);
        return listener.Acknowledged == speaker.Next;
    }

    /// <summary>Whether a side takes more: its window is not closed.</summary>
    public bool Takes(bool byClient) => Ends(byClient).From.Takes;

    /// <summary>A side acknowledges what the other one has said, and takes more.</summary>
    public void Acknowledge(bool byClient, Timestamp at)
    {
        (End listener, End speaker) = Ends(byClient);
        listener.Takes = true;
        Send(listener, speaker, TcpFlags.Ack, [], at);
    }

    /// <summary>A side takes no more, by a window of zero, until it acknowledges.</summary>
    public void CloseWindow(bool byClient, Timestamp at)
    {
        (End listener, End speaker) = Ends(byClient);
        listener.Takes = false;
        Send(listener, speaker, TcpFlags.Ack, [], at);
    }

    /// <summary>One side closes its direction.</summary>
    public void Finish(bool byClient, Timestamp at)
    {
        (End from, End to) = Ends(byClient);
        Send(from, to, TcpFlags.Fin | TcpFlags.Ack, [], at);
        to.IsFinishedByOther = true;
        // The last acknowledgement, which no segment will carry any more.
        if (from.IsFinishedByOther) Send(to, from, TcpFlags.Ack, [], at);
    }

    /// <summary>One side resets the connection.</summary>
    public void Reset(bool byClient, Timestamp at)
    {
        (End from, End to) = Ends(byClient);
        Send(from, to, TcpFlags.Rst | TcpFlags.Ack, [], at);
    }

    /// <summary>Somebody between the two resets the connection, in the server's name; the hop limit tells.</summary>
    public void Break(Timestamp at) => Send(_server, _client, TcpFlags.Rst | TcpFlags.Ack, [], at, SyntheticPacket.HopLimit - 1);

    private (End From, End To) Ends(bool byClient) => byClient ? (_client, _server) : (_server, _client);

    private void Send(End from, End to, TcpFlags flags, ReadOnlySpan<byte> payload, Timestamp at, byte hopLimit = SyntheticPacket.HopLimit)
    {
        if ((flags & TcpFlags.Ack) != 0 && from.Takes) from.Acknowledged = to.Next;
        var segment = new TcpFields(
            from.Endpoint.Port, to.Endpoint.Port, from.Next, from.Acknowledged, flags, from.Takes ? ushort.MaxValue : (ushort)0);
        ReadOnlySpan<byte> packet = _packet.Build(from.Endpoint.Address, to.Endpoint.Address, segment, payload, hopLimit);
        _receiver(new Record(at, LinkType.Raw, packet, packet.Length));
        // SYN and FIN take a sequence number each (RFC 9293 section 3.4).
        from.Next += payload.Length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1 : 0);
    }

    private static Endpoint Mapped(Endpoint endpoint)
    {
        if (endpoint.Address.IsIpv6) return endpoint;
        Span<byte> bytes = stackalloc byte[16];
        bytes[10] = bytes[11] = 0xff;
        endpoint.Address.WriteBytes(bytes[12..]);
        return endpoint with { Address = IpAddress.FromBytes(bytes) };
    }

    private sealed class End(Endpoint endpoint, SequenceNumber initial)
    {
        public Endpoint Endpoint { get; } = endpoint;

        public SequenceNumber Initial { get; } = initial;

        public SequenceNumber Next { get; set; } = initial;

        public SequenceNumber Acknowledged { get; set; }

        public bool Takes { get; set; } = true;

        public bool IsFinishedByOther { get; set; }
    }
}
