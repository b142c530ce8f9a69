using System.Net;
using System.Net.Sockets;
using Trama.EndToEnd.Tests;

namespace Trama.Fleet.Soak;

/// <summary>The way from a sensor to one broker, which can be cut: connections end, and new ones are refused.</summary>
/// <param name="target">The broker's port.</param>
internal sealed class Cable(int target) : IDisposable
{
    private readonly int _port = FreePorts.Next();
    private CancellationTokenSource? _whole;

    /// <summary>Where the sensor goes instead of to the broker.</summary>
    public string Url => $"nats://127.0.0.1:{_port}";

    /// <summary>Lets connections through.</summary>
    public void Mend()
    {
        if (_whole is { IsCancellationRequested: false }) return;
        _whole = new CancellationTokenSource();
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _ = Listen(listener, _whole.Token);
    }

    /// <summary>Ends all of them.</summary>
    public void Cut() => _whole?.Cancel();

    /// <inheritdoc/>
    public void Dispose() => Cut();

    private async Task Listen(TcpListener listener, CancellationToken cut)
    {
        try
        {
            while (true) _ = Carry(await listener.AcceptTcpClientAsync(cut), cut);
        }
        catch (OperationCanceledException)
        {
            // It is cut.
        }
        finally
        {
            listener.Stop();
        }
    }

    private async Task Carry(TcpClient near, CancellationToken cut)
    {
        try
        {
            using (near)
            using (var far = new TcpClient())
            {
                await far.ConnectAsync(IPAddress.Loopback, target, cut);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException)
        {
            // One of both went away.
        }
    }
}
