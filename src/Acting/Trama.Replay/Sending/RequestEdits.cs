namespace Trama.Replay.Sending;

/// <summary>What is changed in the requests of recorded clients before they are said again.</summary>
public sealed record RequestEdits
{
    /// <summary>Header fields of HTTP that are set, by name; without a value they are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    /// <summary>Texts that are replaced wherever they stand.</summary>
    public IReadOnlyList<(string Old, string New)> Rewrites { get; init; } = [];

    /// <summary>Whether cookies that replies set now take the place of recorded ones.</summary>
    public bool CarriesCookies { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => Headers.Count == 0 && Rewrites.Count == 0 && !CarriesCookies;
}
