using Trama.Framing;
using Trama.Framing.Bodies;
using Trama.Packets;
using Trama.Tracing.Tracking;

namespace Trama.Tracing;

/// <summary>One application-level unit of a stream.</summary>
public sealed class Message
{
    private readonly List<long> _packets = [];
    private byte[] _head = [];
    private int _headLength;
    private byte[] _content = [];
    private int _contentLength;
    private MessageWords _words;
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

    /// <summary>The number of the last packet that carried it.</summary>
    public long LastPacket => _lastPacket;

    /// <summary>Its first bytes, at most <see cref="TracingOptions.HeadBytes"/>, up to the first missing one.</summary>
    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _headLength);

    /// <summary>Whether <see cref="Head"/> ends before the message does, or before its first missing byte, since more is not
    /// kept.</summary>
    public bool IsHeadCut { get; private set; }

    /// <summary>What is known of its body; null when it has none, or bodies are not read (<see cref="TracingOptions.Bodies"/>).</summary>
    public MessageBody? Body { get; private set; }

    /// <summary>The first bytes of its body as they are meant, at most <see cref="TracingOptions.HeadBytes"/>, up to the first missing
    /// one.</summary>
    public ReadOnlyMemory<byte> BodyHead => _content.AsMemory(0, _contentLength);

    /// <summary>Whether <see cref="BodyHead"/> ends before the body does, or before its first missing byte.</summary>
    public bool IsBodyHeadCut { get; private set; }

    /// <summary>
    /// What the framing calls it, such as <c>GET /x</c>, in UTF-8; empty when it has no name for it. It may hold any byte that
    /// a peer sent.
    /// </summary>
    public ReadOnlyMemory<byte> Description => _words.Description;

    /// <summary>Of a request: what it asks for, in its protocol's words, in UTF-8 (<c>GET /users/7</c>); empty when unknown.</summary>
    public ReadOnlyMemory<byte> Operation => _words.Operation;

    /// <summary>Of a request: its operation without what differs from one of a kind to the next (<c>GET /users/:id</c>); empty when
    /// unknown.</summary>
    public ReadOnlyMemory<byte> Group => _words.Group;

    /// <summary>Of a request: its header traceparent, as it was sent; empty when it has none.</summary>
    public ReadOnlyMemory<byte> TraceParent => _words.TraceParent;

    /// <summary>Of a reply: how it ended, in its protocol's words (<c>200</c>); empty when unknown.</summary>
    public ReadOnlyMemory<byte> Status => _words.Status;

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

    /// <summary>Changes when it was told of and is not kept, so that who remembers a message can tell whether it still is that
    /// one.</summary>
    internal int Use { get; private set; }

    /// <summary>When the other side was first seen to have all of it.</summary>
    internal Timestamp? AcknowledgedAt { get; set; }

    /// <summary>What <see cref="DeliveredAt"/> was before the last retransmission, in case that was needless.</summary>
    internal Timestamp DeliveredBefore { get; set; }

    /// <summary>How long the acknowledgement of an earlier part of it took, in nanoseconds: the path as busy as it makes it.</summary>
    internal long RecentPathNs { get; private set; }

    internal void Begin(Side from, long offset)
    {
        (From, Offset, EndOffset) = (from, offset, offset);
        (FirstAt, LastAt) = (new Timestamp(long.MaxValue), new Timestamp(long.MinValue));
        (Bytes, MissingBytes, PacketCount, _headLength) = (0, 0, 0, 0);
        (Body, _contentLength, IsBodyHeadCut) = (null, 0, false);
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
        if (MissingBytes == 0 && !IsHeadCut) IsHeadCut = !TryKeep(bytes, ref _head, ref _headLength, headBytes, budget);
        Bytes += bytes.Length;
        EndOffset = endOffset;
    }

    /// <summary>The next bytes of its body.</summary>
    /// <param name="missing">How many are missing before them.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="most">How many first ones are kept.</param>
    /// <param name="budget">What may be kept in all.</param>
    internal void AppendBody(long missing, ReadOnlySpan<byte> bytes, int most, HeadBudget budget)
    {
        if (!IsBodyHeadCut) IsBodyHeadCut = missing > 0 || !TryKeep(bytes, ref _content, ref _contentLength, most, budget);
    }

    /// <summary>It was told of: its beginnings count no longer. From here on another thread may have it.</summary>
    internal void Uncount(HeadBudget budget)
    {
        Use++;
        budget.Uncount(_head);
        budget.Uncount(_content);
    }

    /// <summary>It is to be used again, and counts no longer: long beginnings are given back.</summary>
    internal void Reuse()
    {
        HeadBudget.Release(ref _head);
        HeadBudget.Release(ref _content);
    }

    internal void AppendMissing(long count, long endOffset, Timestamp at)
    {
        Extend(at);
        MissingBytes += count;
        Bytes += count;
        EndOffset = endOffset;
    }

    internal void End(in MessageEnd end, bool keepWords = true)
    {
        IsComplete = !end.Cut;
        (Failed, ReplyDue, Protocol, Traits) = (end.Failed, end.ReplyDue, end.Protocol, end.Traits);
        Body = end.Body;
        Stream = end.Message == 0 ? null : end.Message;
        if (keepWords) _words.Keep(end);
        else _words.KeepGroup(end);
    }

    /// <summary>Makes it of what was kept of one.</summary>
    internal void Restore(
        Side from, Timestamp firstAt, Timestamp lastAt, long packet, long bytes, long missing, ReadOnlySpan<byte> head, in MessageEnd end)
    {
        Begin(from, 0);
        (FirstAt, LastAt, DeliveredAt) = (firstAt, lastAt, lastAt);
        (Bytes, MissingBytes, PacketCount) = (bytes, missing, 1);
        if (packet > 0) _packets.Add(packet);
        if (_head.Length < head.Length) _head = new byte[head.Length];
        head.CopyTo(_head);
        (_headLength, IsHeadCut) = (head.Length, head.Length < bytes);
        End(end);
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

    // Keeps bytes, or as many as fit; false when that is not all.
    private static bool TryKeep(ReadOnlySpan<byte> bytes, ref byte[] kept, ref int length, int most, HeadBudget budget)
    {
        int count = Math.Min(bytes.Length, most - length);
        if (count == 0) return bytes.IsEmpty;
        if (kept.Length < length + count) budget.Grow(ref kept, length + count, most);
        count = Math.Min(count, kept.Length - length);
        bytes[..count].CopyTo(kept.AsSpan(length));
        length += count;
        return count == bytes.Length;
    }
}
