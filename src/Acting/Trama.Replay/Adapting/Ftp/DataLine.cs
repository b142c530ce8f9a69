using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Trama.Replay.Recording;
using Trama.Replay.Recording.Transfers;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Ftp;

/// <summary>The connections for data beside a live connection of FTP. Their other end is always that one's: nobody sends this side
/// elsewhere, and nobody else is let in.</summary>
/// <param name="occasion">The connection.</param>
internal sealed class DataLine(Occasion occasion) : IDisposable
{
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilencePatience = TimeSpan.FromSeconds(30);
    private const int ReadSize = 64 << 10;

    private readonly IPAddress _self = (occasion.Self == Side.Server ? occasion.LiveServer : occasion.LiveClient).Address;
    private readonly IPAddress _other = (occasion.Self == Side.Server ? occasion.LiveClient : occasion.LiveServer).Address;
    private Socket? _listener;
    private int _port;

    /// <summary>Listens for the other side, at a port of the system's choice.</summary>
    /// <exception cref="SocketException">The system refused.</exception>
    public IPEndPoint Listen()
    {
        Dispose();
        var listener = new Socket(_self.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener = listener;
        listener.Bind(new IPEndPoint(_self, 0));
        listener.Listen(1);
        return (IPEndPoint)listener.LocalEndPoint!;
    }

    /// <summary>The other side listens at this port.</summary>
    public void Expect(int port)
    {
        Dispose();
        _port = port;
    }

    /// <summary>Carries what was recorded: says it, or hears what the other side says in its place.</summary>
    /// <param name="transfer">What was recorded.</param>
    /// <param name="heard">Takes what the other side says; null when it does not matter.</param>
    /// <param name="ready">The other side is ready to hear: until then this side makes the connection, and says nothing.</param>
    /// <param name="stop">Ends it before its time.</param>
    /// <exception cref="SocketException">The connection broke, or was never made.</exception>
    /// <exception cref="TimeoutException">The other side neither came nor went on.</exception>
    public async Task CarryAsync(RecordedTransfer transfer, IBufferWriter<byte>? heard, Task ready, CancellationToken stop)
    {
        using Socket socket = await WithinAsync(OpeningPatience, OpenAsync, stop);
        if (transfer.From == occasion.Self)
        {
            await WithinAsync(SilencePatience, async giveUp =>
            {
                await ready.WaitAsync(giveUp);
                return true;
            }, stop);
            foreach (RecordedMessage piece in transfer.Pieces)
                for (ReadOnlyMemory<byte> left = Filler.Of(piece); !left.IsEmpty;)
                    left = left[await WithinAsync(SilencePatience, async giveUp => await socket.SendAsync(left, giveUp), stop)..];
            socket.Shutdown(SocketShutdown.Send);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            for (int held = 0, count; (count = await WithinAsync(
                SilencePatience, async giveUp => await socket.ReceiveAsync(buffer, giveUp), stop)) > 0;)
            {
                if (heard is null || held + count > Dialect.LargestReply) continue;
                heard.Write(buffer.AsSpan(0, count));
                held += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        _listener?.Dispose();
        (_listener, _port) = (null, 0);
    }

    private async Task<Socket> OpenAsync(CancellationToken giveUp)
    {
        if (_listener is { } listener)
        {
            while (true)
            {
                Socket came = await listener.AcceptAsync(giveUp);
                if (came.RemoteEndPoint is IPEndPoint from && from.Address.Equals(_other)) return came;
                came.Dispose();
            }
        }

        // Neither has said where.
        if (_port == 0) throw new SocketException((int)SocketError.NotConnected);
        var socket = new Socket(_other.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(_other, _port), giveUp);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<T> WithinAsync<T>(TimeSpan patience, Func<CancellationToken, Task<T>> act, CancellationToken stop)
    {
        using var enough = new CancellationTokenSource(patience, occasion.Time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop, enough.Token);
        try
        {
            return await act(giveUp.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
