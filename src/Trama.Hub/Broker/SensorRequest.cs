using NATS.Client.Core;

namespace Trama.Hub.Broker;

/// <summary>Asks a sensor, which answers in pieces.</summary>
internal static class SensorRequest
{
    /// <summary>Asks; false where it is not there, did not answer in time, or says more than it may.</summary>
    /// <param name="connection">The broker.</param>
    /// <param name="sensor">The sensor.</param>
    /// <param name="question">The question.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="mostBytes">How long an answer is at most.</param>
    /// <param name="take">Takes each piece.</param>
    /// <param name="stop">Asks no longer.</param>
    public static async Task<bool> Send(NatsConnection connection, string sensor, byte[] question, TimeSpan patience, long mostBytes,
        Action<byte[]> take, CancellationToken stop)
    {
        long length = 0;
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patient.CancelAfter(patience);
        try
        {
            await foreach (NatsMsg<byte[]> piece in connection.RequestManyAsync<byte[], byte[]>(Subjects.Ask(sensor), question,
                replyOpts: new NatsSubOpts { StartUpTimeout = patience, IdleTimeout = patience }, cancellationToken: patient.Token))
            {
                // An empty piece ends an answer, which the client library does not give on.
                if (piece.Data is not { Length: > 0 } bytes) break;
                if ((length += bytes.Length) > mostBytes) return false;
                take(bytes);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It did not answer in time.
        }
        catch (NatsException)
        {
            // Nor is it there.
        }

        return length > 0;
    }
}
