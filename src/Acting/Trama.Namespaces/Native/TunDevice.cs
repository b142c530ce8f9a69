using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces.Native;

/// <summary>A TUN device of the calling thread's network. It offers no offload, so that packets are as on a wire.</summary>
public sealed unsafe class TunDevice : IDeviceEnd
{
    private const string Path = "/dev/net/tun";
    private const nuint SetInterface = 0x400454ca;
    private const ushort TunWithoutHeader = 0x0001 | 0x1000;
    private const int RequestLength = 40;
    private const int FlagsAt = 16;

    private readonly SafeFileHandle _handle;

    /// <summary>A device that another process made and handed on.</summary>
    public TunDevice(SafeFileHandle handle) => _handle = handle;

    /// <inheritdoc/>
    public SafeFileHandle Handle => _handle;

    /// <inheritdoc/>
    public int BestPacket => IDeviceEnd.LargestPacket;

    /// <inheritdoc/>
    public long Lost => 0;

    /// <summary>Creates the device.</summary>
    /// <exception cref="NamespaceException">It cannot be created.</exception>
    public TunDevice(string name)
    {
        try
        {
            _handle = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NamespaceException(error is UnauthorizedAccessException ? NamespaceFailure.NotPermitted
                : NamespaceFailure.NotSupported, Path,
                error.Message);
        }

        byte* request = stackalloc byte[RequestLength];
        new Span<byte>(request, RequestLength).Clear();
        Encoding.ASCII.GetBytes(name, new Span<byte>(request, FlagsAt - 1));
        *(ushort*)(request + FlagsAt) = TunWithoutHeader;
        if (Libc.Control(_handle, SetInterface, request) >= 0) return;
        string reason = Marshal.GetLastPInvokeErrorMessage();
        _handle.Dispose();
        throw new NamespaceException(NamespaceFailure.Device, "TUNSETIFF", reason);
    }

    /// <summary>Waits until one of two devices has a packet, or until the time is over.</summary>
    /// <returns>Whether the first has one, and whether the second has.</returns>
    public static (bool First, bool Second) Wait(TunDevice first, TunDevice second, TimeSpan atMost)
    {
        Libc.Waiting* waiting = stackalloc Libc.Waiting[2];
        waiting[0] = new Libc.Waiting { Descriptor = (int)first._handle.DangerousGetHandle(), Events = Libc.Waiting.Readable };
        waiting[1] = new Libc.Waiting { Descriptor = (int)second._handle.DangerousGetHandle(), Events = Libc.Waiting.Readable };
        (long seconds, long rest) = Math.DivRem(Math.Max(atMost.Ticks, 0), TimeSpan.TicksPerSecond);
        var time = new Libc.Time { Seconds = seconds, Nanoseconds = rest * TimeSpan.NanosecondsPerTick };
        if (Libc.Poll(waiting, 2, &time, null) <= 0) return default;
        return (waiting[0].Came != 0, waiting[1].Came != 0);
    }

    /// <inheritdoc/>
    public int Read(Span<byte> packet)
    {
        fixed (byte* start = packet) return (int)Libc.Read(_handle, start, (nuint)packet.Length);
    }

    /// <inheritdoc/>
    public bool Write(ReadOnlySpan<byte> packet)
    {
        fixed (byte* start = packet) return Libc.Write(_handle, start, (nuint)packet.Length) == packet.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
