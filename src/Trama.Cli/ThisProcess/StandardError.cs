namespace Trama.Cli.ThisProcess;

/// <summary>Standard error as bytes. What cannot be written there is lost: it is no reason to stop what the command does.</summary>
internal sealed class StandardError : OutputStream
{
    private readonly Stream _console = Console.OpenStandardError();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _console.Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to tell it.
        }
    }
}
