namespace Trama.Framing.Smb2;

/// <summary>SMB 2 and 3 ([MS-SMB2]) over TCP, with the negotiation of SMB 1 that may come before: headers, no more.</summary>
internal sealed class Smb2Protocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "smb2";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [139, 445];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? SmbFrame.Resembles(first, mayBeSession: isHinted) : Likeness.No;

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => SmbFrame.Resembles(bytes, mayBeSession: false);

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new Smb2Stream(), new Smb2Stream());
}
