using System.Diagnostics;
using Trama.Fleet.Sending;
using Trama.Fleet.Sensing;
using Trama.Fleet.Storing;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Fleet.Soak;

/// <summary>
/// A sensor as a process of its own that sends numbered rows: the spool, the courier and the store's folder of <c>trama watch</c>, without
/// packets. Which rows a message has follows from its place in the spool, so that one that was killed goes on where it was.
/// </summary>
internal static class SensorRole
{
    /// <summary>The word that makes a process one.</summary>
    public const string Word = "sensor";

    /// <summary>How many rows the one sends whose spool is full.</summary>
    public const int FullRows = 4000;

    private const long SpoolBytes = 1L << 30, FullSpoolBytes = 300 << 10;
    private const int TextBytes = 200;
    private const long Second = 1000;

    /// <summary>Sends its messages; ends when a store holds them all.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="broker">Where its courier finds a broker.</param>
    /// <param name="messages">How many it sends in all; 0 to send too much for its spool instead, and count what is missing.</param>
    /// <param name="pause">How long it waits between two.</param>
    public static void Run(string name, string folder, string broker, int messages, TimeSpan pause)
    {
        StoreFolder store = StoreFolder.Take(folder, out IDisposable held);
        using (held)
        using (var spool = new Spool(Path.Combine(folder, "spool"), messages == 0 ? FullSpoolBytes : SpoolBytes))
        using (var link = new CourierLink(spool, store, new ProcessStartInfo(FleetProcess.HubProgram,
            ["courier", "--nats", broker, "--name", name])))
        {
            link.Begin();
            if (messages == 0) link.Send(Overfill(spool, name));
            int partition = Outbox.PartitionOf(name);
            long told = 0;
            while (messages > 0 && spool.Next(partition) is var next && next <= messages)
            {
                if (!spool.TryAdd(partition, FleetKind.Sketches, SoakPlan.RowsPerMessage, Body(name, next)))
                    throw new InvalidOperationException("the spool is full");
                link.Send(spool.Keep());
                Tell();
                Thread.Sleep(pause);
            }

            link.Send(spool.Keep());
            while (spool.Waiting > 0)
            {
                Tell();
                Thread.Sleep(100);
            }

            Console.WriteLine($"{messages} 0");

            // How many messages were given, and how many of them wait to be stored.
            void Tell()
            {
                if (Environment.TickCount64 - told < Second) return;
                told = Environment.TickCount64;
                Console.WriteLine($"{spool.Next(partition) - 1} {spool.Waiting}");
            }
        }
    }

    private static byte[] Body(string name, long sequence)
    {
        var rows = new MemoryStream();
        var table = new JournalTable(0, row => rows.Write(row.Span));
        var random = new Random((int)sequence);
        for (long number = (sequence - 1) * SoakPlan.RowsPerMessage; number < sequence * SoakPlan.RowsPerMessage; number++)
            Write(table, name, number, random);
        return FleetMessage.BodyOf(FleetTable.Sketches, rows.ToArray());
    }

    // All at once, so that the spool is full before any of it can be stored.
    private static IReadOnlyList<SpooledMessage> Overfill(Spool spool, string name)
    {
        var outbox = new Outbox(spool, name, TimeProvider.System);
        TableOutput table = outbox.Begin(FleetTable.Sketches);
        var random = new Random(1);
        for (int number = 0; number < FullRows; number++) Write(table, name, number, random);
        return outbox.Keep();
    }

    private static void Write(TableOutput table, string name, long number, Random random)
    {
        byte[] text = new byte[TextBytes];
        random.NextBytes(text);
        table.Add((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        table.AddName("10.0.0.1:443");
        table.AddName(name);
        table.AddName("GET /orders/:id");
        table.Add(number);
        table.Add(0);
        table.Add(1_000_000);
        table.AddName(Convert.ToBase64String(text));
        table.EndRow();
    }
}
