namespace Trama.Framing.Ssh;

/// <summary>SSH after its key exchange: all that one side says until the other speaks.</summary>
internal sealed class SshSealedProtocol : Protocol
{
    /// <summary>The rule by which a connection goes on.</summary>
    public static FramingRule Rule { get; } = FramingRule.Of(new SshSealedProtocol());

    /// <inheritdoc/>
    public override string Name => "ssh";

    /// <summary>Nothing of it can be told from any other bytes.</summary>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new SshSealedStream(), new SshSealedStream()) { ByTurns = true };
}
