using System.Net.Sockets;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <summary>
/// Waits until the log of a relay knows all that connections had brought before. The kernel says what has come and nobody has taken; that
/// the reader waits says that what it took has been told.
/// </summary>
internal static class CatchUp
{
    // The kernel does not tell who else has taken all that there was.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <summary>Completes once it is known what both sides had sent at the call, and that they are over when they were.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task WaitAsync(RelayConnection connection, CancellationToken patience)
    {
        while (!connection.IsOver && !connection.IsRelaying) await Task.Delay(Look, patience).ConfigureAwait(false);
        if (connection.IsOver) return;
        (RelayStream toServer, RelayStream toClient) = connection.Streams;
        (long atServer, long atClient) = (toServer.Due, toClient.Due);
        while (!connection.IsOver)
        {
            // Where both have ended, so will it in a moment, and how is told then.
            bool ends = toServer.HasEnded && toClient.HasEnded;
            if (!ends && toServer.HasTold(atServer) && toClient.HasTold(atClient)) return;
            await Task.Delay(Look, patience).ConfigureAwait(false);
        }
    }

    /// <summary>Whether all that came over a connection was taken, and whoever takes it waits for more.</summary>
    public static bool IsDrained(ITransport from) => !IsReady(from, SelectMode.SelectRead) && from.AwaitsMore;

    /// <summary>Whether a socket can be read, or written; one that is closed can.</summary>
    public static bool IsReady(ITransport transport, SelectMode how)
    {
        try
        {
            return transport.Socket.Poll(0, how);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }
}
