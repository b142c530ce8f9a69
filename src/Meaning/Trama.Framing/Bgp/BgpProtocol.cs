namespace Trama.Framing.Bgp;

/// <summary>BGP (RFC 4271): messages that either side sends and nothing answers one by one.</summary>
internal sealed class BgpProtocol : Protocol
{
    // As many bytes of a marker are no other protocol's.
    private const int EnoughOfMarker = 8;

    /// <inheritdoc/>
    public override string Name => "bgp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [179];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        ReadOnlySpan<byte> marker = first[..Math.Min(first.Length, BgpStream.MarkerSize)];
        return marker.ContainsAnyExcept((byte)0xff) ? Likeness.No : marker.Length >= EnoughOfMarker ? Likeness.Yes : Likeness.Open;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create() => new(Name, new BgpStream(), new BgpStream());
}
