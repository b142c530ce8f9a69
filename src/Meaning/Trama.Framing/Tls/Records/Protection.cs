namespace Trama.Framing.Tls.Records;

/// <summary>Opens the protected records of one direction, whatever key they are under.</summary>
internal abstract class Protection : IDisposable
{
    /// <summary>Whether records of the application were opened, or may be the next ones.</summary>
    public abstract bool IsOfApplication { get; }

    /// <summary>How many bytes more than its content a record has, its header included; 0 while that is unknown.</summary>
    public abstract int Overhead { get; }

    /// <summary>How many records under the key of the last one opened are missing right before it.</summary>
    public int Missing { get; protected set; }

    /// <summary>Whether records under another key may be missing there too.</summary>
    public bool ChangedKey { get; protected set; }

    /// <summary>Opens a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="slack">How many records may be missing before it.</param>
    /// <param name="plaintext">Room for as many bytes as the fragment has.</param>
    /// <param name="type">What its content is.</param>
    /// <param name="range">Where in <paramref name="plaintext"/> the content is.</param>
    public abstract bool TryOpen(in TlsRecord record, int slack, Span<byte> plaintext, out RecordType type, out Range range);

    /// <summary>A record will not be opened.</summary>
    public abstract void Pass(ReadOnlySpan<byte> fragment);

    /// <inheritdoc/>
    public abstract void Dispose();
}
