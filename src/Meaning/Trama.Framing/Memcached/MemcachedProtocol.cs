namespace Trama.Framing.Memcached;

/// <summary>memcached's protocols (its protocol.txt and its binary protocol's document): lines in order, or packets with a
/// number.</summary>
internal sealed class MemcachedProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "memcached";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [11211];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        byte magic = speaker == Direction.ToServer ? MemcachedHeader.Request : MemcachedHeader.Reply;
        if (first[0] == magic) return MemcachedHeader.Resembles(first, magic);
        return speaker == Direction.ToServer ? MemcachedCommand.Resembles(first, isHinted) : Likeness.No;
    }

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToClient && bytes[0] != MemcachedHeader.Reply ? MemcachedReply.Resembles(bytes)
            : Resembles(speaker, bytes, isHinted: false);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new MemcachedSession();
        return new(Name, new MemcachedRequestStream(session), new MemcachedReplyStream(session)) { Pending = session.Lines };
    }
}
