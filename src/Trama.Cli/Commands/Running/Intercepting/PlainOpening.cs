using System.Net;
using System.Net.Sockets;
using Trama.Run;

namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>What was said in the clear on a connection before TLS began, such as STARTTLS, or CONNECT to a proxy.</summary>
/// <param name="server">Where the server is.</param>
/// <param name="said">What the command said, in its order.</param>
/// <param name="heard">How many bytes the server has said in all.</param>
internal sealed class PlainOpening(IPEndPoint server, SaidBefore[] said, long heard)
{
    private const int BufferBytes = 16 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Quiet = TimeSpan.FromMilliseconds(400);

    /// <summary>Where the server is.</summary>
    public IPEndPoint Server => server;

    /// <summary>Whether nothing was said.</summary>
    public bool IsEmpty => said.Length == 0;

    /// <summary>A connection of its own to the server, on which the same was said.</summary>
    /// <exception cref="SocketException">The server does not take it.</exception>
    public async Task<Socket> RepeatAsync(CancellationToken stop)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, stop);
            byte[] buffer = new byte[BufferBytes];
            long count = 0;
            foreach (SaidBefore turn in said)
            {
                count = await HearAsync(socket, buffer, count, turn.Heard, stop);
                await socket.SendAsync(turn.Bytes, stop);
            }

            await HearAsync(socket, buffer, count, heard, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // What the server says may be a little shorter or longer than it was: a time, a number.
    private static async Task<long> HearAsync(Socket socket, byte[] buffer, long count, long expected, CancellationToken stop)
    {
        for (long before = count; count < expected || socket.Available > 0;)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(count == before ? Patience : Quiet);
            try
            {
                int more = await socket.ReceiveAsync(buffer, patience.Token);
                if (more == 0) return count;
                count += more;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return count;
            }
        }

        return count;
    }
}
