using System.Net;
using System.Net.Sockets;
using Trama.Peers.Transports;

namespace Trama.Peers.Tests.Transports;

public class PollerTests
{
    // Others may take the handle meanwhile, as the system gives it to whoever comes first.
    private const int Attempts = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_connection_is_not_told_of_the_end_of_an_earlier_one_with_its_handle()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no poller");
        bool? toldOfTheEnd = null;
        for (int attempt = 0; attempt < Attempts && toldOfTheEnd is null; attempt++) toldOfTheEnd = await TryReuseAsync();
        Assert.False(toldOfTheEnd ?? throw new InvalidOperationException("no attempt got the handle again"));
    }

    // Two ends are reported at once; who hears of the first closes the second, and gets its handle for a new connection before
    // the second is looked at. Null when somebody else got it.
    private static async Task<bool?> TryReuseAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        (PolledTransport busy, Socket busyPeer) = Pair(listener);
        (PolledTransport first, Socket firstPeer) = Pair(listener);
        (PolledTransport second, Socket secondPeer) = Pair(listener);
        int handle = second.Handle;
        using var isBusy = new SemaphoreSlim(0);
        using var bothEnded = new SemaphoreSlim(0);
        List<Socket> made = [];
        (PolledTransport Transport, Socket Peer)? reused = null;

        Task holding = OnPollerAsync(busy, () =>
        {
            isBusy.Release();
            bothEnded.Wait(Patience);
        });
        Task reusing = OnPollerAsync(first, () =>
        {
            second.Dispose();
            for (int i = 0; i < Attempts && reused is null; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                made.Add(socket);
                if ((int)socket.SafeHandle.DangerousGetHandle() == handle) reused = Pair(listener, socket);
            }
        });
        busyPeer.Send([1]);
        Assert.True(await isBusy.WaitAsync(Patience, TestContext.Current.CancellationToken));
        firstPeer.Dispose();
        secondPeer.Dispose();
        bothEnded.Release();
        await holding.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await reusing.WaitAsync(Patience, TestContext.Current.CancellationToken);

        // What is reported after all that was reported together.
        Assert.Equal(1, await busy.ReceiveAsync(new byte[10]));
        Task later = OnPollerAsync(busy, () => { });
        busyPeer.Send([1]);
        await later.WaitAsync(Patience, TestContext.Current.CancellationToken);
        bool? told = reused is { } again ? again.Transport.ReadableAsync().AsTask().IsCompleted : null;
        foreach (IDisposable open in (IDisposable[])[busy, busyPeer, first, .. made]) open.Dispose();
        if (reused is { } last)
        {
            last.Transport.Dispose();
            last.Peer.Dispose();
        }

        return told;
    }

    // Runs something where changes are told, as soon as the connection can be read.
    private static async Task OnPollerAsync(PolledTransport transport, Action act)
    {
        await transport.ReadableAsync().ConfigureAwait(false);
        act();
    }

    private static (PolledTransport Transport, Socket Peer) Pair(TcpListener listener, Socket? socket = null)
    {
        socket ??= new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndpoint);
        return (new PolledTransport(socket, Poller.Shared), listener.AcceptSocket());
    }
}
