using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces.Native;

/// <summary>A network of its own. It lives as long as this handle, a socket or a device in it does.</summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int NotPermitted = 1;

    private readonly SafeFileHandle _handle;

    private NetworkNamespace(SafeFileHandle handle) => _handle = handle;

    /// <summary>Its descriptor.</summary>
    internal SafeFileHandle Handle => _handle;

    /// <summary>Moves the calling thread into a new network, for good.</summary>
    /// <exception cref="NamespaceException">Needs <c>CAP_SYS_ADMIN</c>.</exception>
    public static NetworkNamespace Create()
    {
        if (!OperatingSystem.IsLinux()) throw new NamespaceException(NamespaceFailure.NotSupported, "unshare", "not Linux");
        if (Libc.Unshare(Libc.NetworkNamespace) != 0) throw Failed("unshare");
        return new NetworkNamespace(File.OpenHandle("/proc/thread-self/ns/net", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
    }

    /// <summary>The network of a process.</summary>
    /// <exception cref="NamespaceException">There is no such process, or it may not be looked at.</exception>
    public static NetworkNamespace Of(int process)
    {
        try
        {
            return new NetworkNamespace(File.OpenHandle($"/proc/{process}/ns/net", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NamespaceException(error is UnauthorizedAccessException ? NamespaceFailure.NotPermitted
                : NamespaceFailure.NotSupported, $"process {process}", error.Message);
        }
    }

    /// <summary>Moves the calling thread into this network; threads that it makes from then on are there too.</summary>
    /// <exception cref="NamespaceException">Needs <c>CAP_SYS_ADMIN</c>.</exception>
    public void Enter()
    {
        if (Libc.EnterNamespace(_handle, Libc.NetworkNamespace) != 0) throw Failed("setns");
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static NamespaceException Failed(string step) => new(
        Marshal.GetLastPInvokeError() == NotPermitted ? NamespaceFailure.NotPermitted : NamespaceFailure.NotSupported,
        step,
        Marshal.GetLastPInvokeErrorMessage());
}
