using Trama.Packets;

namespace Trama.Tracing;

/// <summary>One application-level unit of a stream.</summary>
public sealed class Message
{
    private readonly List<long> _packets = [];

    /// <summary>Who sent it.</summary>
    public Side From { get; internal set; }

    /// <summary>Where it starts in its stream, in bytes from the stream's start.</summary>
    public long Offset { get; internal set; }

    /// <summary>Its length in bytes, the missing ones included.</summary>
    public long Bytes { get; internal set; }

    /// <summary>How many of its bytes the capture does not have.</summary>
    public long MissingBytes { get; internal set; }

    /// <summary>When the first of its segments was seen.</summary>
    public Timestamp FirstAt { get; internal set; }

    /// <summary>When the last of its bytes to come was seen.</summary>
    public Timestamp LastAt { get; internal set; }

    /// <summary>
    /// When its last byte set out for the other side for good: <see cref="LastAt"/>, or a retransmission that was needed.
    /// </summary>
    public Timestamp DeliveredAt { get; internal set; }

    /// <summary>
    /// The numbers of the packets that carried it, in the order of its bytes; the first
    /// <see cref="TracingOptions.MaxPacketNumbers"/> of them.
    /// </summary>
    public IReadOnlyList<long> Packets => _packets;

    /// <summary>How many packets carried it.</summary>
    public long PacketCount { get; internal set; }

    /// <summary>Its first bytes, at most <see cref="TracingOptions.HeadBytes"/>, up to the first missing one.</summary>
    public ReadOnlyMemory<byte> Head => HeadBuffer.AsMemory(0, HeadLength);

    /// <summary>What the framing calls it, such as <c>GET /x</c>; absent when the framing has no name for it.</summary>
    public string? Kind { get; internal set; }

    /// <summary>False when the stream ended, or a framing stopped fitting, in the middle of it.</summary>
    public bool IsComplete { get; internal set; }

    internal byte[] HeadBuffer { get; set; } = [];

    internal int HeadLength { get; set; }

    internal void AddPacket(long packet, int limit)
    {
        if (PacketCount > 0 && LastPacket == packet) return;
        PacketCount++;
        LastPacket = packet;
        if (_packets.Count < limit) _packets.Add(packet);
    }

    private long LastPacket { get; set; }

    internal void Reset()
    {
        _packets.Clear();
        (Offset, Bytes, MissingBytes, PacketCount, LastPacket, HeadLength) = (0, 0, 0, 0, 0, 0);
        (FirstAt, LastAt, DeliveredAt) = (default, default, default);
        (Kind, IsComplete) = (null, false);
    }
}
