using System.Runtime.InteropServices;
using Trama.Captures.Native;

namespace Trama.Captures.Live;

/// <summary>The state of network devices.</summary>
public static class NetworkDevices
{
    private const int InternetFamily = 2;
    private const int DatagramSocket = 2;
    private const nuint GetFlags = 0x8913;
    private const nuint SetFlags = 0x8914;
    private const short Up = 1;

    /// <summary>Sets a device up, as <c>ip link set NAME up</c> does. Needs <c>CAP_NET_ADMIN</c> over the network namespace.</summary>
    /// <exception cref="CaptureException">It cannot be set up.</exception>
    public static void BringUp(string device)
    {
        int socket = Libc.Socket(InternetFamily, DatagramSocket, 0);
        var request = new Libc.DeviceRequest(device);
        bool done = socket >= 0 && Libc.DeviceControl(socket, GetFlags, ref request) == 0;
        if (done)
        {
            request.Flags |= Up;
            done = Libc.DeviceControl(socket, SetFlags, ref request) == 0;
        }

        string reason = Marshal.GetLastPInvokeErrorMessage();
        if (socket >= 0) _ = Libc.Close(socket);
        if (!done) throw new CaptureException(CaptureFailure.DeviceDown, device, reason);
    }
}
