namespace Trama.Framing;

/// <summary>Where the wire carried the last pieces of a stream above it, for a layer that keeps bytes before it yields what they
/// carried.</summary>
internal sealed class OriginTrail
{
    private readonly Queue<(long End, Origin Origin)> _pieces = new();

    /// <summary>Adds the piece that ends at a position of the stream.</summary>
    public void Add(long end, Origin origin) => _pieces.Enqueue((end, origin));

    /// <summary>The origin of the bytes from one position up to another.</summary>
    public Origin Of(Origin positions)
    {
        Origin? found = null;
        foreach ((long end, Origin origin) in _pieces)
        {
            if (end <= positions.Start) continue;
            found = found is { } first ? first.To(origin) : origin;
            if (end >= positions.End) break;
        }

        return found ?? default;
    }

    /// <summary>Forgets what lies before a position.</summary>
    public void Forget(long position)
    {
        while (_pieces.TryPeek(out (long End, Origin Origin) piece) && piece.End <= position) _pieces.Dequeue();
    }
}
