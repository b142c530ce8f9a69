namespace Trama.Reports.Json;

/// <summary>What had to wait for the end of a report could not be kept in a temporary file.</summary>
/// <param name="folder">The folder of temporary files.</param>
/// <param name="reason">What stood in the way.</param>
public sealed class SpoolException(string folder, Exception reason) : Exception(reason.Message, reason)
{
    /// <summary>The folder of temporary files.</summary>
    public string Folder => folder;
}
