namespace Trama.Framing.Tls;

/// <summary>TLS 1.0 to 1.3: flights of records.</summary>
internal sealed class TlsProtocol : Protocol
{
    private const int HeaderLength = 5;

    /// <inheritdoc/>
    public override string Name => "tls";

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        // A record header: type, major version 3, and a length that a record can have.
        bool fits = first[0] is >= 20 and <= 23
            && (first.Length < 2 || first[1] == 3) && (first.Length < 3 || first[2] <= 4) && (first.Length < 4 || first[3] <= 0x48)
            && (first.Length < HeaderLength || (first[3] | first[4]) != 0);
        return !fits ? Likeness.No : first.Length < HeaderLength ? Likeness.Open : Likeness.Yes;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new TlsStream(), new TlsStream()) { ByTurns = true };
}
