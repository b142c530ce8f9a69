namespace Trama.Peers.Security;

/// <summary>The secrets of TLS connections in a file, as Wireshark reads them (NSS key log format).</summary>
public static class KeyLog
{
    /// <summary>Writes them from now on; to be called before the first connection of the process.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static void Write(string path)
    {
        var secret = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) secret.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, secret).Dispose();
        AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
        Environment.SetEnvironmentVariable("SSLKEYLOGFILE", Path.GetFullPath(path));
    }
}
