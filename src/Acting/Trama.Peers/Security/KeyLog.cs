namespace Trama.Peers.Security;

/// <summary>The secrets of TLS connections in a file, as Wireshark reads them (NSS key log format).</summary>
public static class KeyLog
{
    /// <summary>Writes them from now on; to be called before the first connection of the process.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static void Write(string path)
    {
        // That it can be written is known before the first connection.
        new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite).Dispose();
        AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
        Environment.SetEnvironmentVariable("SSLKEYLOGFILE", Path.GetFullPath(path));
    }
}
