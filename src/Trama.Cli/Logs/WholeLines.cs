using Trama.Cli.ThisProcess;

namespace Trama.Cli.Logs;

/// <summary>
/// A file that is written in whole lines. When the disk is full in the middle of one, what there is of it is taken away again.
/// </summary>
/// <param name="file">The file, which belongs to it.</param>
internal sealed class WholeLines(FileStream file) : OutputStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        long begin = file.CanSeek ? file.Position : -1;
        try
        {
            file.Write(buffer);
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException)
        {
            if (begin >= 0) Shorten(begin, buffer);
            // What the runtime makes of a file that may not grow any more (EFBIG).
            throw error as IOException ?? new IOException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }

    private void Shorten(long begin, ReadOnlySpan<byte> lines)
    {
        try
        {
            long written = Math.Clamp(RandomAccess.GetLength(file.SafeFileHandle) - begin, 0, lines.Length);
            file.SetLength(begin + lines[..(int)written].LastIndexOf((byte)'\n') + 1);
        }
        catch (IOException)
        {
            // A device, which has no length.
        }
    }
}
