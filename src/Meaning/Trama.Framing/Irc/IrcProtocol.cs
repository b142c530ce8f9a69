namespace Trama.Framing.Irc;

/// <summary>IRC (RFC 2812): lines that either side sends; only a PING is answered one by one.</summary>
internal sealed class IrcProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "irc";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [6667, 6697];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (speaker == Direction.ToClient) return Recognition.Begins(first, "NOTICE AUTH "u8).Or(Recognition.Begins(first, "NOTICE * "u8))
            .Or(Notice(first));
        Likeness likeness = Recognition.Begins(first, "NICK "u8).Or(Recognition.Begins(first, "CAP LS"u8))
            .Or(Recognition.Begins(first, "CAP REQ "u8));
        return isHinted ? likeness.Or(Recognition.Begins(first, "PASS "u8)).Or(Recognition.Begins(first, "USER "u8)) : likeness;
    }

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => IrcBeginning.OwnOf(speaker, bytes);

    /// <inheritdoc/>
    public override Likeness FitsMidway(Direction speaker, ReadOnlySpan<byte> bytes) => IrcBeginning.Of(bytes);

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new IrcStream(), new IrcStream());

    // A server's name, then what it says first.
    private static Likeness Notice(ReadOnlySpan<byte> first)
    {
        if (first[0] != ':') return Likeness.No;
        int space = first.IndexOf((byte)' ');
        return space < 0 ? Likeness.Open : space == 1 ? Likeness.No : Recognition.Begins(first[(space + 1)..], "NOTICE "u8);
    }
}
