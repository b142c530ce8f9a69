using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Reports;
using Trama.Run;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>
/// Stands between a command and the hosts that it begins TLS with, by certificates of the run's own authority, so that what is said can
/// be read. A host that it cannot stand before is left alone: the command judges it itself.
/// </summary>
internal sealed class TlsInterceptor(RunAuthority authority, Language language) : IDisposable
{
    private const int MostTold = 256, MostLeftAlone = 1 << 16;

    private readonly ConcurrentDictionary<string, byte> _leftAlone = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _tried = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Takes over the real socket of a connection that may begin TLS, as <see cref="Interceptor"/> says.</summary>
    public Socket Take(Socket real, IPEndPoint server, IReadOnlyList<SaidBefore> before, long heard)
    {
        (Socket outer, Socket inner) = Pair();
        var opening = new PlainOpening(server, [.. before], heard);
        _ = Task.Run(() => new InterceptedConnection(this, authority, inner, real, opening).RunAsync(_stop.Token));
        return outer;
    }

    /// <summary>Whether a host has shown on a connection of its own that we can stand before it.</summary>
    public bool IsTried(string place) => _tried.ContainsKey(place);

    /// <summary>Takes note that it has.</summary>
    public void Try(string place)
    {
        if (_tried.Count < MostLeftAlone) _tried.TryAdd(place, 0);
    }

    /// <summary>Whether a host is left alone, which is told with its port: all are when there are too many of them.</summary>
    public bool IsLeftAlone(string place) => _leftAlone.ContainsKey(place) || _leftAlone.Count >= MostLeftAlone;

    /// <summary>Leaves a host alone from now on, and says why, once, of the first few.</summary>
    public void LeaveAlone(string place, string english, string portuguese)
    {
        if (_leftAlone.TryAdd(place, 0) && _leftAlone.Count <= MostTold)
            Console.Error.WriteLine(language.Pick($"trama: {VisibleText.Of(place)} is not intercepted: {english}",
                $"trama: {VisibleText.Of(place)} não é interceptado: {portuguese}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    // Two ends of a connection within this process; of TCP, since the gateway asks the kernel what was acknowledged.
    private static (Socket Outer, Socket Inner) Pair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var outer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        outer.Connect(listener.LocalEndPoint!);
        while (true)
        {
            Socket inner = listener.Accept();
            if (inner.RemoteEndPoint!.Equals(outer.LocalEndPoint)) return (outer, inner);
            inner.Dispose();
        }
    }
}
