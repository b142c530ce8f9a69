using Trama.Peers.Native;

namespace Trama.Peers.Security;

/// <summary>Files that nobody but their owner may read: keys, and what was said in confidence.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes a file that is about to be written its owner's alone. Creates it when it is not there; what is there and is no regular file,
    /// such as a device or a pipe, stays as it is.
    /// </summary>
    /// <returns>Whether others could read it until now.</returns>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be created, or belongs to somebody else.</exception>
    public static bool Protect(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        if (!Path.Exists(path))
        {
            var secret = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = OwnerOnly
            };
            new FileStream(path, secret).Dispose();
        }

        if (!LinuxFile.IsRegular(path)) return false;
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) == 0) return false;
        File.SetUnixFileMode(path, mode & OwnerOnly);
        return true;
    }
}
