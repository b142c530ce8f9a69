using Trama.Packets;

namespace Trama.Tracing;

/// <summary>One application-level unit of a stream.</summary>
public sealed class Message
{
    private const int MaxDescription = 256;

    private readonly List<long> _packets = [];
    private byte[] _head = [];
    private int _headLength;
    private byte[] _description = [];
    private int _descriptionLength;
    private long _lastPacket;

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
    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _headLength);

    /// <summary>
    /// What the framing calls it, such as <c>GET /x</c>, in UTF-8; empty when it has no name for it. It may hold any byte that
    /// a peer sent.
    /// </summary>
    public ReadOnlyMemory<byte> Description => _description.AsMemory(0, _descriptionLength);

    /// <summary>False when the stream ended, or a framing stopped fitting, in the middle of it.</summary>
    public bool IsComplete { get; internal set; }

    /// <summary>The offset after its last byte.</summary>
    internal long EndOffset => Offset + Bytes;

    /// <summary>When the other side was first seen to have all of it.</summary>
    internal Timestamp? AcknowledgedAt { get; set; }

    /// <summary>What <see cref="DeliveredAt"/> was before the last retransmission, in case that was needless.</summary>
    internal Timestamp DeliveredBefore { get; set; }

    /// <summary>How long the acknowledgement of an earlier part of it took, in nanoseconds: the path as busy as it makes it.</summary>
    internal long RecentPathNs { get; private set; }

    internal void Begin(Side from, long offset, Timestamp at)
    {
        (From, Offset, FirstAt, LastAt, DeliveredAt) = (from, offset, at, at, at);
        (Bytes, MissingBytes, PacketCount, _headLength, _descriptionLength) = (0, 0, 0, 0, 0);
        (IsComplete, AcknowledgedAt, RecentPathNs) = (false, null, 0);
        _packets.Clear();
    }

    internal void Append(ReadOnlySpan<byte> bytes, long packet, Timestamp at, TracingOptions options)
    {
        if (MissingBytes == 0 && _headLength < options.HeadBytes) AppendHead(bytes[..Math.Min(bytes.Length, options.HeadBytes - _headLength)]);
        Extend(bytes.Length, at);
        if (PacketCount > 0 && _lastPacket == packet) return;
        PacketCount++;
        _lastPacket = packet;
        if (_packets.Count < options.MaxPacketNumbers) _packets.Add(packet);
    }

    internal void AppendMissing(long count, Timestamp at)
    {
        MissingBytes += count;
        Extend(count, at);
    }

    internal void End(ReadOnlySpan<byte> description, bool isComplete)
    {
        IsComplete = isComplete;
        _descriptionLength = Math.Min(description.Length, MaxDescription);
        if (_description.Length < _descriptionLength) _description = new byte[_descriptionLength];
        description[.._descriptionLength].CopyTo(_description);
    }

    internal void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        if (offset >= EndOffset) AcknowledgedAt ??= at;
        else if (offset > Offset && rttNs is { } ns) RecentPathNs = ns;
    }

    internal void DeliverAgain(Timestamp at)
    {
        DeliveredBefore = DeliveredAt;
        DeliveredAt = at;
    }

    private void Extend(long count, Timestamp at)
    {
        Bytes += count;
        AcknowledgedAt = null;
        // Out of order, the bytes of an earlier segment may come after those of a later one.
        if (at < FirstAt) FirstAt = at;
        if (at > LastAt) LastAt = DeliveredAt = DeliveredBefore = at;
    }

    private void AppendHead(ReadOnlySpan<byte> bytes)
    {
        int length = _headLength + bytes.Length;
        if (_head.Length < length) Array.Resize(ref _head, Math.Max(length, _head.Length * 2));
        bytes.CopyTo(_head.AsSpan(_headLength));
        _headLength = length;
    }
}
