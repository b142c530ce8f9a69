namespace Trama.Mcp.Questions;

/// <summary>A temporary folder for its owner alone, which goes with all that is in it.</summary>
internal sealed class PassingFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("trama-").FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Somebody else took it away.
        }
    }
}
