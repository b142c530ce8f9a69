using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Trama.Cli.Commands.Watching;

/// <summary>
/// Tells systemd, where it started this process, that it is ready, that it is alive, that it ends (sd_notify(3)); elsewhere nobody.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly long _watchdogMs;
    private long _told;
    private volatile bool _isReady;

    /// <summary>Looks who started this process.</summary>
    public ServiceManager()
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } place) return;
        // A name that begins with @ is one of the abstract namespace (unix(7)).
        if (place[0] == '@') place = "\0" + place[1..];
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(place));
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // Who is not there need not be told.
            _socket.Dispose();
            _socket = null;
        }

        if (long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture,
            out long microseconds)) _watchdogMs = Math.Max(1, microseconds / 1000 / 2);
    }

    /// <summary>It works.</summary>
    public void Ready()
    {
        Tell("READY=1");
        _isReady = true;
    }

    /// <summary>It still works.</summary>
    public void Alive()
    {
        if (!_isReady || _watchdogMs == 0 || Environment.TickCount64 - _told < _watchdogMs) return;
        _told = Environment.TickCount64;
        Tell("WATCHDOG=1");
    }

    /// <summary>It ends.</summary>
    public void Dispose()
    {
        Tell("STOPPING=1");
        _socket?.Dispose();
    }

    private void Tell(string state)
    {
        try
        {
            _socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException)
        {
            // It went away; that is no reason to stop watching.
        }
    }
}
