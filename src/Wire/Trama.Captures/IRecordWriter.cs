using Trama.Packets;

namespace Trama.Captures;

/// <summary>Where records are kept: a capture file of one format or the other.</summary>
public interface IRecordWriter : IDisposable
{
    /// <summary>How many bytes the file has, those not yet flushed included.</summary>
    long Length { get; }

    /// <summary>Adds a record; it may stay in memory until <see cref="Flush"/>.</summary>
    /// <exception cref="CaptureException">The file cannot be written; what was flushed before stays readable.</exception>
    void Write(in Record record);

    /// <summary>Hands every record so far to the operating system. Disposing does so too.</summary>
    /// <exception cref="CaptureException">The file cannot be written; what was flushed before stays readable.</exception>
    void Flush();
}
