using NATS.Client.Core;
using Trama.Fleet.Asking;
using Trama.Hub.Broker;
using Trama.Rows.Journals;

namespace Trama.Hub.Owning;

/// <summary>Answers questions about rows that sensors keep: asks the sensors, and gives on what each of them answers.</summary>
/// <param name="connection">The broker.</param>
/// <param name="asked">The questions.</param>
internal sealed class Inquiry(NatsConnection connection, AskedRows asked)
{
    private const int MostAtOnce = 16;

    // Of one question: what comes after these is not whole, and told so.
    private const long MostBytes = 256L << 20;

    // On its way it may take a while, too.
    private static readonly TimeSpan s_patience = RowQuestion.Longest + TimeSpan.FromSeconds(5);

    /// <summary>Hears what its user should know.</summary>
    public required Action<string> Told { get; init; }

    /// <summary>Answers those that wait.</summary>
    public void Look(CancellationToken stop)
    {
        foreach (TakenQuestion taken in asked.Take()) _ = Task.Run(() => Answer(taken, stop), CancellationToken.None);
    }

    private async Task Answer(TakenQuestion taken, CancellationToken stop)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stop };
            long bytes = 0;
            try
            {
                await Parallel.ForEachAsync(taken.Sensors, options, async (sensor, ended) =>
                    await Ask(taken, sensor, piece => Interlocked.Add(ref bytes, piece) <= MostBytes, ended));
            }
            finally
            {
                AskedRows.Complete(taken);
            }
        }
        catch (OperationCanceledException)
        {
            // The hub ends: who asked is told whose answer is missing.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Told(error.Message);
        }
    }

    private async Task Ask(TakenQuestion taken, string sensor, Func<long, bool> hasRoom, CancellationToken stop)
    {
        using (FrameFile answer = AskedRows.Begin(taken, sensor))
        {
            bool isAnswered = await SensorRequest.Send(connection, sensor, taken.Question.ToBytes(), s_patience, RowQuestion.MostBytes,
                piece =>
                {
                    if (hasRoom(piece.Length) && RowAnswer.TryRead(piece, out _, out _, out _)) answer.Append(piece);
                }, stop);
            if (!isAnswered) return;
        }

        AskedRows.Finish(taken, sensor);
    }
}
