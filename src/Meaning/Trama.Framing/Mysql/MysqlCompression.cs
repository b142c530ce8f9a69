namespace Trama.Framing.Mysql;

/// <summary>The layer of compressed packets, which carries the protocol itself after a login that agreed on it.</summary>
/// <param name="agreed">What both sides can do; absent when the login was not seen.</param>
internal sealed class MysqlCompression(MysqlCapabilities? agreed = null) : Protocol
{
    private const MysqlCapabilities Kinds = MysqlCapabilities.Compress | MysqlCapabilities.CompressZstd;

    /// <inheritdoc/>
    public override string Name => "mysql-compressed";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [3306, 6033];

    /// <summary>Whether a login agreed on compression, or may have done so.</summary>
    public static bool IsAgreed(MysqlCapabilities agreed) => (agreed & Kinds) != 0;

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        isHinted && CompressedHeader.IsFirst(speaker, first) ? Likeness.Yes : Likeness.No;

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        CompressedHeader.IsFirst(speaker, bytes) && CompressedHeader.IsOwn(bytes) ? Likeness.Yes : Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new CompressedStream(), new CompressedStream())
    {
        MayCarry = true,
        Carried = FramingRule.Of(new MysqlProtocol(MysqlCapabilities.Any & ~Kinds, agreed & ~Kinds)),
    };
}
