using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Testing.Seeing;

/// <summary>Packets in memory, as a capture file. Safe for threads.</summary>
/// <param name="linkType">The link type of all of them.</param>
/// <param name="maxBytes">The most bytes that it holds.</param>
internal sealed class Recording(LinkType linkType, long maxBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MemoryStream _bytes = new();
    private PcapWriter? _writer;

    /// <summary>Whether there was more than it holds.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds a packet.</summary>
    public void Add(in Record record)
    {
        lock (_gate)
        {
            _writer ??= new PcapWriter(_bytes, linkType, nanoseconds: true);
            if (_writer.Length + record.Bytes.Length > maxBytes) IsFull = true;
            else _writer.Write(record);
        }
    }

    /// <summary>Forgets what it holds.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _bytes.SetLength(0);
            (_writer, IsFull) = (null, false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The capture file; empty when no packet came.</summary>
    public byte[] ToFile()
    {
        lock (_gate)
        {
            _writer?.Flush();
            return _bytes.ToArray();
        }
    }
}
