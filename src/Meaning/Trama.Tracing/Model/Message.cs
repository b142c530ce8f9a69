using Trama.Framing;
using Trama.Packets;
using Trama.Tracing.Tracking;

namespace Trama.Tracing;

/// <summary>One application-level unit of a stream.</summary>
public sealed class Message
{
    private readonly List<long> _packets = [];
    private byte[] _head = [];
    private int _headLength;
    private KeptText _description;
    private KeptText _operation;
    private KeptText _group;
    private KeptText _status;
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

    /// <summary>Whether <see cref="Head"/> ends before the message does, or before its first missing byte, since more is not
    /// kept.</summary>
    public bool IsHeadCut { get; private set; }

    /// <summary>
    /// What the framing calls it, such as <c>GET /x</c>, in UTF-8; empty when it has no name for it. It may hold any byte that
    /// a peer sent.
    /// </summary>
    public ReadOnlyMemory<byte> Description => _description.Bytes;

    /// <summary>Of a request: what it asks for, in its protocol's words, in UTF-8 (<c>GET /users/7</c>); empty when unknown.</summary>
    public ReadOnlyMemory<byte> Operation => _operation.Bytes;

    /// <summary>Of a request: its operation without what differs from one of a kind to the next (<c>GET /users/:id</c>); empty when
    /// unknown.</summary>
    public ReadOnlyMemory<byte> Group => _group.IsEmpty ? Operation : _group.Bytes;

    /// <summary>Of a reply: how it ended, in its protocol's words (<c>200</c>); empty when unknown.</summary>
    public ReadOnlyMemory<byte> Status => _status.Bytes;

    /// <summary>Of a reply: whether the protocol calls it an error; absent when unknown.</summary>
    public bool? Failed { get; private set; }

    /// <summary>Of a request: whether the protocol says that a reply must come; absent when unknown.</summary>
    public bool? ReplyDue { get; private set; }

    /// <summary>The name of its protocol, such as <c>http1</c>; absent when it is none that has a name.</summary>
    public string? Protocol { get; private set; }

    /// <summary>The stream of its protocol that carried it, where that has several in one connection (HTTP/2); absent else.</summary>
    public long? Stream { get; private set; }

    /// <summary>What its protocol says of its place in an exchange.</summary>
    public MessageTraits Traits { get; private set; }

    /// <summary>False when the stream ended, or a framing stopped fitting, in the middle of it.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The offset after its last byte.</summary>
    internal long EndOffset { get; private set; }

    /// <summary>How much of the other stream its sender was seen to have when it began, in bytes.</summary>
    internal long Acknowledged { get; set; }

    /// <summary>Changes with each use, so that who remembers a message can tell whether it still is that one.</summary>
    internal int Use { get; private set; }

    /// <summary>When the other side was first seen to have all of it.</summary>
    internal Timestamp? AcknowledgedAt { get; set; }

    /// <summary>What <see cref="DeliveredAt"/> was before the last retransmission, in case that was needless.</summary>
    internal Timestamp DeliveredBefore { get; set; }

    /// <summary>How long the acknowledgement of an earlier part of it took, in nanoseconds: the path as busy as it makes it.</summary>
    internal long RecentPathNs { get; private set; }

    internal void Begin(Side from, long offset)
    {
        (From, Offset, EndOffset, Use) = (from, offset, offset, Use + 1);
        (FirstAt, LastAt) = (new Timestamp(long.MaxValue), new Timestamp(long.MinValue));
        (Bytes, MissingBytes, PacketCount, _headLength) = (0, 0, 0, 0);
        (IsComplete, IsHeadCut, AcknowledgedAt, RecentPathNs, Acknowledged) = (false, false, null, 0, long.MaxValue);
        _packets.Clear();
    }

    /// <summary>A packet carried a part of it.</summary>
    internal void AddPacket(PacketStamp packet, TracingOptions options)
    {
        Extend(packet.At);
        if (PacketCount > 0 && _lastPacket == packet.Number) return;
        PacketCount++;
        _lastPacket = packet.Number;
        if (_packets.Count < options.MaxPacketNumbers) _packets.Add(packet.Number);
    }

    internal void Append(ReadOnlySpan<byte> bytes, long endOffset, int headBytes, HeadBudget budget)
    {
        if (MissingBytes == 0 && !IsHeadCut) AppendHead(bytes, headBytes, budget);
        Bytes += bytes.Length;
        EndOffset = endOffset;
    }

    /// <summary>It is to be used again: a long beginning is given back.</summary>
    internal void Reuse(HeadBudget budget) => budget.Release(ref _head);

    internal void AppendMissing(long count, long endOffset, Timestamp at)
    {
        Extend(at);
        MissingBytes += count;
        Bytes += count;
        EndOffset = endOffset;
    }

    internal void End(in MessageEnd end)
    {
        IsComplete = !end.Cut;
        (Failed, ReplyDue, Protocol, Traits) = (end.Failed, end.ReplyDue, end.Protocol, end.Traits);
        Stream = end.Message == 0 ? null : end.Message;
        // What has no other words is called by what it asks for, or by how it ended.
        _description.Keep(!end.Description.IsEmpty ? end.Description : !end.Operation.IsEmpty ? end.Operation : end.Status);
        _operation.Keep(end.Operation);
        _group.Keep(end.Group);
        _status.Keep(end.Status);
    }

    internal void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        if (offset >= EndOffset) AcknowledgedAt ??= at;
        else if (offset > Offset && rttNs is { } ns) RecentPathNs = ns;
    }

    /// <summary>Bytes were sent again, perhaps of it.</summary>
    internal void Retransmit(long start, long end, Timestamp at)
    {
        if (Offset >= end || EndOffset <= start) return;
        DeliveredBefore = DeliveredAt;
        DeliveredAt = at;
    }

    private void Extend(Timestamp at)
    {
        AcknowledgedAt = null;
        // Out of order, the bytes of an earlier segment may come after those of a later one.
        if (at < FirstAt) FirstAt = at;
        if (at > LastAt) LastAt = DeliveredAt = DeliveredBefore = at;
    }

    private void AppendHead(ReadOnlySpan<byte> bytes, int most, HeadBudget budget)
    {
        int count = Math.Min(bytes.Length, most - _headLength);
        if (_head.Length < _headLength + count) budget.Grow(ref _head, _headLength + count, most);
        count = Math.Min(count, _head.Length - _headLength);
        bytes[..count].CopyTo(_head.AsSpan(_headLength));
        _headLength += count;
        IsHeadCut = count < bytes.Length;
    }
}
