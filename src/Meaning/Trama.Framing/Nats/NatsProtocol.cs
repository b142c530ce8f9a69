namespace Trama.Framing.Nats;

/// <summary>NATS, what clients and servers say to each other (NATS documentation, "Client Protocol").</summary>
internal sealed class NatsProtocol : Protocol
{
    // A verb with so much behind it.
    private const int Enough = 32;

    /// <inheritdoc/>
    public override string Name => "nats";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [4222];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        Likeness likeness = Recognition.Begins(first, speaker == Direction.ToServer ? "CONNECT {"u8 : "INFO {"u8);
        if (!isHinted || likeness != Likeness.No) return likeness;
        if (NatsBoundary.VerbAt(speaker, first) == NatsVerb.None) return Likeness.No;
        // A line may be longer than what is seen of it.
        return first.Length >= Enough ? Likeness.Yes : NatsBoundary.IsMessage(speaker, first);
    }

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        bool hasSubject = NatsBoundary.VerbAt(speaker, bytes) is NatsVerb.Pub or NatsVerb.HPub or NatsVerb.Msg or NatsVerb.HMsg;
        return hasSubject && bytes.Contains((byte)'\r') ? NatsBoundary.IsMessage(speaker, bytes)
            : Resembles(speaker, bytes, isHinted: false);
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new NatsSession();
        return new(Name, new NatsStream(Direction.ToServer, session), new NatsStream(Direction.ToClient, session));
    }
}
