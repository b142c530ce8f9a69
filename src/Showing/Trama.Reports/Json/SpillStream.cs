using System.Buffers;

namespace Trama.Reports.Json;

/// <summary>
/// Bytes that are written now and read back later: in memory while they are few, else in a temporary file that nobody else sees.
/// </summary>
internal sealed class SpillStream : IDisposable
{
    private const int MostInMemory = 4 << 20;
    private const int LargestPart = 128 * 1024;

    private MemoryStream? _memory = new();
    private SpoolFile? _file;

    /// <summary>How many bytes were written.</summary>
    public long Length => _memory?.Length ?? _file!.Length;

    /// <summary>Appends bytes.</summary>
    /// <exception cref="SpoolException">The temporary file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_memory is not null && _memory.Length + bytes.Length > MostInMemory) Spill(_memory);
        if (_memory is not null) _memory.Write(bytes);
        else _file!.Write(bytes);
    }

    /// <summary>Goes back to the first byte; nothing may be written after this.</summary>
    public void Rewind()
    {
        if (_memory is not null) _memory.Position = 0;
        else _file!.Position = 0;
    }

    /// <summary>Copies the next bytes to a stream.</summary>
    public void CopyTo(Stream output, long count)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(count, LargestPart));
        while (count > 0)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, count));
            if (_memory is not null) _memory.ReadExactly(part);
            else _file!.ReadExactly(part);
            output.Write(part);
            count -= part.Length;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory?.Dispose();
        _file?.Dispose();
    }

    private void Spill(MemoryStream memory)
    {
        _file = new SpoolFile();
        _file.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
        memory.Dispose();
        _memory = null;
    }
}
