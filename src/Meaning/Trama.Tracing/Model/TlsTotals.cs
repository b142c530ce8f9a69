using Trama.Framing.Tls;

namespace Trama.Tracing;

/// <summary>How many connections of a capture spoke TLS, and how many of them could be read. Known of a connection when it
/// ended.</summary>
public sealed class TlsTotals
{
    /// <summary>How many cipher suites are named.</summary>
    public const int MaxSuites = 8;

    private readonly SortedSet<string> _unsupported = new(StringComparer.Ordinal);

    /// <summary>Connections that sent encrypted data.</summary>
    public long Encrypted { get; private set; }

    /// <summary>Those of which data were decrypted.</summary>
    public long Decrypted { get; private set; }

    /// <summary>Those that no key log has secrets of.</summary>
    public long WithoutKeys { get; private set; }

    /// <summary>Those whose secrets open none of their records.</summary>
    public long WithWrongKeys { get; private set; }

    /// <summary>Those whose cipher, compression or version cannot be read.</summary>
    public long Unsupported { get; private set; }

    /// <summary>The cipher suites that the runtime lacks, the first <see cref="MaxSuites"/>.</summary>
    public IReadOnlyCollection<string> UnsupportedSuites => _unsupported;

    /// <summary>A connection ended.</summary>
    internal void Count(TlsFacts tls)
    {
        if (tls is { IsDecrypted: false, Obstacle: TlsObstacle.None }) return;
        Encrypted++;
        if (tls.IsDecrypted) Decrypted++;
        else if (tls.Obstacle == TlsObstacle.NoKeys) WithoutKeys++;
        else if (tls.Obstacle == TlsObstacle.WrongKeys) WithWrongKeys++;
        else Unsupported++;
        if (tls is { Obstacle: TlsObstacle.Suite, Cipher: { } suite } && _unsupported.Count < MaxSuites) _unsupported.Add(suite);
    }
}
