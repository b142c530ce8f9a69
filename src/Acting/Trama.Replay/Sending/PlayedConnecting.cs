using Trama.Peers.Sending;

namespace Trama.Replay.Sending;

/// <summary>Makes the connection of a client that is played.</summary>
internal static class PlayedConnecting
{
    /// <summary>The connection; null when it cannot be made.</summary>
    /// <param name="options">Whom to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the wait; one that is made nevertheless is closed.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static async Task<Client?> ConnectAsync(ReplayClientOptions options, TimeProvider time, CancellationToken stop)
    {
        Task<Client> connecting = Client.ConnectAsync(options.Target, time);
        try
        {
            return await connecting.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (!connecting.IsCompleted)
        {
            _ = DisposeAsync(connecting);
            throw;
        }
        catch (ClientException)
        {
            return null;
        }
    }

    private static async Task DisposeAsync(Task<Client> connecting)
    {
        try
        {
            (await connecting).Dispose();
        }
        catch (Exception error) when (error is ClientException or OperationCanceledException)
        {
            // There is nothing to close.
        }
    }
}
