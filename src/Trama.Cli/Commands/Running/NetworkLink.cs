namespace Trama.Cli.Commands.Running;

/// <summary>Which network a process is in.</summary>
internal static class NetworkLink
{
    /// <summary>Its name, such as <c>net:[4026531840]</c>; null when the process is gone or may not be looked at.</summary>
    public static string? Of(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/net").LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
