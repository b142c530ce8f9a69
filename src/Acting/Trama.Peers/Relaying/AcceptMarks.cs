using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <summary>
/// Connections that a relay makes to itself only to learn that all who had connected before have been accepted: a system hands them out
/// in the order in which they came. Nobody is told of them. Safe for threads.
/// </summary>
internal sealed class AcceptMarks
{
    private readonly ConcurrentDictionary<IPEndPoint, TaskCompletionSource<Socket>> _expected = new();

    /// <summary>Completes once all are accepted that had connected before the call.</summary>
    /// <param name="listener">Where the relay listens.</param>
    /// <param name="patience">Gives up.</param>
    /// <exception cref="SocketException">The relay listens no more, or the system has no more sockets.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task PassAsync(IPEndPoint listener, CancellationToken patience)
    {
        IPAddress at = listener.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listener.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listener.Address;
        using var mark = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // By its own end it is known, so that this is chosen before it can be accepted.
        mark.Bind(new IPEndPoint(at, 0));
        var own = (IPEndPoint)mark.LocalEndPoint!;
        var accepted = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected[own] = accepted;
        try
        {
            await mark.ConnectAsync(new IPEndPoint(at, listener.Port), patience).ConfigureAwait(false);
            using CancellationTokenRegistration giveUp = patience.Register(() => accepted.TrySetCanceled(patience));
            Socket other = await accepted.Task.ConfigureAwait(false);
            // Not sooner, or this end would not have heard that it has connected; a reset leaves no port behind that waits to be forgotten.
            other.Close(0);
        }
        finally
        {
            _expected.TryRemove(own, out _);
        }
    }

    /// <summary>Whether what was accepted is one of them; then it is no longer the caller's.</summary>
    public bool Takes(Socket accepted)
    {
        if (_expected.IsEmpty) return false;
        IPEndPoint from = ((IPEndPoint)accepted.RemoteEndPoint!).Unmapped();
        if (!_expected.TryGetValue(from, out TaskCompletionSource<Socket>? passed)) return false;
        // Too late for whoever waited.
        if (!passed.TrySetResult(accepted)) accepted.Dispose();
        return true;
    }
}
