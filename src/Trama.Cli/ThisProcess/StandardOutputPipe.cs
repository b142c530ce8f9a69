namespace Trama.Cli.ThisProcess;

/// <summary>
/// Standard output for bytes: when its reader has gone, a write throws <see cref="ReaderGoneException"/>, and
/// <see cref="StandardOutputException"/> when it cannot be written for another reason.
/// </summary>
internal sealed class StandardOutputPipe(Stream output) : OutputStream
{
    /// <summary>Standard output of this process.</summary>
    public static StandardOutputPipe Open() => new(StandardOutput.Open());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        StatusLine.Clear();
        try
        {
            output.Write(buffer);
        }
        catch (IOException) when (StandardOutput.IsClosed(output))
        {
            throw new ReaderGoneException();
        }
        catch (IOException error)
        {
            throw new StandardOutputException(error);
        }
    }
}
