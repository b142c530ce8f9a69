namespace Trama.Framing.Resp;

/// <summary>The Redis protocol, versions 2 and 3.</summary>
internal sealed class RespProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "resp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [6379];

    /// <inheritdoc/>
    public override bool IsOneSided => true;

    /// <summary>Whether bytes are the beginning of a command, other than one typed by hand.</summary>
    public static Likeness Command(ReadOnlySpan<byte> bytes) => Aggregate(bytes, (byte)'*');

    // What a server of version 3 says unasked begins with its kind.
    private static Likeness Push(ReadOnlySpan<byte> bytes) => Aggregate(bytes, (byte)'>');

    private static Likeness Aggregate(ReadOnlySpan<byte> bytes, byte type)
    {
        if (bytes[0] != type) return Likeness.No;
        int digits = bytes[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) return Likeness.Open;
        return digits > 0 && bytes[1] != '0' ? Recognition.Begins(bytes[(1 + digits)..], "\r\n$"u8) : Likeness.No;
    }

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Command(first).Or(Recognition.Begins(first, "PING\r"u8)) : Likeness.No;

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Command(bytes) : Push(bytes);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var pending = new PendingRequests();
        return new(Name, new RespRequestStream(pending), new RespReplyStream(pending)) { Pending = pending };
    }
}
