namespace Trama.Cli.ThisProcess;

/// <summary>Standard error as bytes. What cannot be written there is lost: it is no reason to stop what the command does.</summary>
internal sealed class StandardError : OutputStream
{
    private readonly HandleOutput _handle = new(2);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _handle.Write(buffer);
        }
        catch (IOException)
        {
            // There is nowhere left to tell it.
        }
    }
}
