namespace Trama.Reports.Json;

/// <summary>Bytes that are written now and read back later: in memory while they are few, else in a temporary file that nobody else sees.</summary>
internal sealed class SpillStream : IDisposable
{
    private const int MostInMemory = 4 << 20;

    private Stream _bytes = new MemoryStream();

    /// <summary>How many bytes were written.</summary>
    public long Length => _bytes.Length;

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes is MemoryStream memory && memory.Length + bytes.Length > MostInMemory) _bytes = Spill(memory);
        _bytes.Write(bytes);
    }

    /// <summary>Goes back to the first byte; nothing may be written after this.</summary>
    public void Rewind() => _bytes.Position = 0;

    /// <summary>Copies the next bytes to a stream.</summary>
    public void CopyTo(Stream output, long count)
    {
        Span<byte> buffer = stackalloc byte[16 * 1024];
        while (count > 0)
        {
            Span<byte> part = buffer[..(int)Math.Min(buffer.Length, count)];
            _bytes.ReadExactly(part);
            output.Write(part);
            count -= part.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    /// <summary>A temporary file that nobody else sees, gone when it is closed.</summary>
    public static FileStream NewFile() =>
        new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);

    private static FileStream Spill(MemoryStream memory)
    {
        FileStream file = NewFile();
        memory.WriteTo(file);
        memory.Dispose();
        return file;
    }
}
