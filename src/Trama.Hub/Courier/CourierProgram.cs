using System.Collections.Concurrent;
using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Trama.Fleet.Sending;
using Trama.Fleet.Sensing;
using Trama.Hub.Broker;
using Trama.Reports;
using Trama.Rows.Journals;

namespace Trama.Hub.Courier;

/// <summary>
/// The courier of a sensor: carries between the pipes of <c>trama watch</c> and the broker. It decides nothing, holds nothing that the
/// sensor's spool has not, and may be killed at any time.
/// </summary>
internal static class CourierProgram
{
    private const int MostQuestions = 64;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5), s_end = TimeSpan.FromSeconds(2), s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs until standard input ends.</summary>
    public static async Task Run(BrokerOptions broker, string sensor, Language language)
    {
        using var stop = new CancellationTokenSource();
        var pipe = new CourierPipe(Console.OpenStandardOutput());
        await using var connection = new NatsConnection(broker.ToOptions("trama watch " + sensor, Subjects.InboxOf(sensor)));
        var context = new NatsJSContext(connection);
        void Tell(string text) => pipe.Write(CourierFrame.Trouble, Encoding.UTF8.GetBytes(text));
        var away = new BrokerAway(connection, broker, language) { Told = Tell };
        using var publishing = new Publishing(context, sensor)
        {
            Told = Tell,
            Again = (incarnation, partition, lost) => pipe.Write(CourierFrame.Again, incarnation, partition, lost),
        };
        var asked = new ConcurrentDictionary<long, string>();
        long incarnation = 0;
        Task[] listening =
        [
            Until(() => ListenStored(connection, sensor, publishing, pipe, stop.Token), stop.Token),
            Until(() => ListenQuestions(connection, sensor, asked, pipe, stop.Token), stop.Token),
            Until(async () =>
            {
                await Task.Delay(s_look, stop.Token);
                await publishing.Look(Interlocked.Read(ref incarnation), stop.Token);
            }, stop.Token),
            Until(() => away.Watch(stop.Token), stop.Token),
        ];
        // Reading a pipe blocks a thread; it is this one's only work.
        await Task.Factory.StartNew(() =>
        {
            using var frames = new FrameReader(Console.OpenStandardInput());
            while (frames.TryRead(out ReadOnlySpan<byte> frame))
            {
                ReadOnlySpan<byte> content = frame[1..];
                switch ((CourierFrame)frame[0])
                {
                    case CourierFrame.Message:
                        if (FleetMessage.TryRead(content.ToArray(), out FleetMessage message))
                            Interlocked.Exchange(ref incarnation, message.Incarnation);
                        publishing.Publish(content.ToArray(), stop.Token).GetAwaiter().GetResult();
                        break;
                    case CourierFrame.Answer when CourierPipe.TryReadNumber(ref content, out long number)
                        && asked.TryGetValue(number, out string? to):
                        connection.PublishAsync(to, content.ToArray(), cancellationToken: stop.Token).AsTask().GetAwaiter().GetResult();
                        if (content.IsEmpty) asked.TryRemove(number, out _);
                        break;
                    default: break;
                }
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using (var end = new CancellationTokenSource(s_end))
        {
            try
            {
                await publishing.Drain(end.Token);
            }
            catch (OperationCanceledException)
            {
                // It is in the spool.
            }
        }

        stop.Cancel();
        await Task.WhenAll(listening);
    }

    private static async Task ListenStored(NatsConnection connection, string sensor, Publishing publishing, CourierPipe pipe,
        CancellationToken stop)
    {
        await foreach (NatsMsg<byte[]> told in connection.SubscribeAsync<byte[]>(Subjects.Stored(sensor), cancellationToken: stop))
        {
            if (told.Data is not { } content || !CourierPipe.TryReadRanges(content, out _, out int partition,
                out RangeSet ranges)) continue;
            publishing.Stored(partition, ranges);
            pipe.Write(CourierFrame.Stored, content);
        }
    }

    private static async Task ListenQuestions(NatsConnection connection, string sensor, ConcurrentDictionary<long, string> asked,
        CourierPipe pipe, CancellationToken stop)
    {
        long number = 0;
        await foreach (NatsMsg<byte[]> question in connection.SubscribeAsync<byte[]>(Subjects.Ask(sensor), cancellationToken: stop))
        {
            if (question.ReplyTo is not { } to || question.Data is not { Length: <= Fleet.Asking.RowQuestion.MaxLength } content
                || asked.Count >= MostQuestions) continue;
            asked[++number] = to;
            pipe.Write(CourierFrame.Question, number, content);
        }
    }

    // What fails because the broker is away goes on when it is back.
    private static async Task Until(Func<Task> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (Exception error) when (error is OperationCanceledException or NatsException)
            {
                // It ends, or a request took too long, or was not possible.
                await Task.WhenAny(Task.Delay(s_pause, stop));
            }
        }
    }
}
