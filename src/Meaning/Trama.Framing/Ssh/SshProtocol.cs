namespace Trama.Framing.Ssh;

/// <summary>SSH (RFC 4253).</summary>
internal sealed class SshProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "ssh";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [22];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        Recognition.Begins(first, "SSH-2.0-"u8).Or(Recognition.Begins(first, "SSH-1."u8));

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new SshSession();
        return new(Name, new SshStream(Direction.ToServer, session), new SshStream(Direction.ToClient, session));
    }
}
