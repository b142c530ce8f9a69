namespace Trama.Framing.Fix;

/// <summary>FIX, tag value encoding (FIX Trading Community), any version.</summary>
internal sealed class FixProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "fix";

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) => FixFields.Judge(first, out _);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new FixSession();
        return new(Name, new FixStream(Direction.ToServer, session), new FixStream(Direction.ToClient, session));
    }
}
