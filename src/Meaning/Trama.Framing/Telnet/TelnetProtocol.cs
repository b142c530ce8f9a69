namespace Trama.Framing.Telnet;

/// <summary>Telnet (RFC 854): what people type and what they see, with negotiation of options in between.</summary>
internal sealed class TelnetProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "telnet";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [23];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (first[0] != TelnetStream.Escape) return isHinted ? Likeness.Yes : Likeness.No;
        if (first.Length < 3) return first.Length < 2 || first[1] is >= TelnetStream.Will and <= TelnetStream.Dont
            ? Likeness.Open : Likeness.No;
        return first[1] is >= TelnetStream.Will and <= TelnetStream.Dont && first[2] < 0x80 ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new TelnetStream(), new TelnetStream()) { ByTurns = true };
}
