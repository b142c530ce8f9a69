using System.Diagnostics;
using System.Globalization;
using Parquet;
using Parquet.Schema;
using Trama.Fleet.Storing;
using Trama.Rows.Tables;

namespace Trama.Store.Simulate;

/// <summary>
/// Kills a writer of a store at random moments, while it writes, keeps and makes tables of hours of 50 ms, and looks each time whether the
/// store has every row once, and all that were kept.
/// </summary>
internal static class KilledWriter
{
    private const int RoundsPerStore = 25;
    private const int MostMs = 200;

    /// <summary>Writes rows with numbers from one on, until it is killed; says on standard output up to which they are kept.</summary>
    public static int Write(string path, long next)
    {
        StoreFolder folder = StoreFolder.Take(path, out IDisposable held);
        var store = new StoreWriter(folder, new StoreLimits { Age = TimeSpan.FromDays(36_500) }, new FastClock());
        TableOutput rows = store.Begin(RowSchema.Tables[0]);
        long written = next - 1;
        Console.WriteLine(written);
        new Thread(() =>
        {
            while (true) store.Finish();
        }).Start();
        new Thread(() =>
        {
            while (true)
            {
                long kept = Interlocked.Read(ref written);
                store.Keep();
                Console.WriteLine(kept);
            }
        }).Start();
        while (true)
        {
            for (int i = 0; i < 20; i++) Row(rows, written + i + 1);
            Interlocked.Add(ref written, 20);
            Thread.Sleep(1);
            GC.KeepAlive(held);
        }
    }

    /// <summary>Has it written and killed so often; 0 when nothing was lost or seen twice.</summary>
    public static async Task<int> RunAsync(string path, int rounds)
    {
        var random = new Random(1000);
        long all = 0, wrong = 0, beyond = 0;
        for (int round = 0; round < rounds; round++)
        {
            string store = Path.Combine(path, $"store{round / RoundsPerStore}");
            long first = round % RoundsPerStore == 0 ? 1 : all + 1;
            if (first == 1) all = 0;
            long kept = await KillAsync(store, first, random.Next(MostMs), waits: random.Next(5) > 0);
            List<long> ids = StoreFolder.IsStore(store) ? await IdsAsync(StoreFolder.Open(store)) : [];
            bool isWhole = ids.Index().All(id => id.Item == id.Index + 1) && ids.Count >= kept;
            if (!isWhole) Console.WriteLine($"round {round}: {ids.Count} rows, kept up to {kept}, next to come was {first}");
            if (!isWhole) wrong++;
            beyond += Math.Max(0, ids.Count - Math.Max(kept, first - 1));
            all = ids.Count;
            if (round % 100 == 99) Console.WriteLine($"{round + 1} kills, {wrong} stores that were wrong");
            if (round % RoundsPerStore == RoundsPerStore - 1) Directory.Delete(store, recursive: true);
        }

        Console.WriteLine($"{rounds} kills; stores that lost a row that was kept, or had one twice: {wrong}; "
            + $"rows beyond those kept: {beyond}");
        return wrong == 0 ? 0 : 1;
    }

    private static async Task<long> KillAsync(string store, long first, int afterMs, bool waits)
    {
        string[] arguments = ["write", store, first.ToString(CultureInfo.InvariantCulture)];
        using Process writer = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        // Else it is killed while it begins.
        string? line = waits ? await writer.StandardOutput.ReadLineAsync() : null;
        await Task.Delay(afterMs);
        writer.Kill();
        long kept = line is null ? 0 : long.Parse(line, CultureInfo.InvariantCulture);
        foreach (string more in (await writer.StandardOutput.ReadToEndAsync()).Split('\n')[..^1])
            kept = Math.Max(kept, long.Parse(more, CultureInfo.InvariantCulture));
        await writer.WaitForExitAsync();
        return kept;
    }

    private static void Row(TableOutput rows, long id)
    {
        foreach (Column column in RowSchema.Tables[0].Columns)
        {
            switch (column.Kind)
            {
                case ColumnKind.Number: rows.Add(column.Name == "index" ? id : null); break;
                case ColumnKind.Flag: rows.Add((bool?)null); break;
                default: rows.AddName(column.Name == "operation" ? "GET /" : null); break;
            }
        }

        rows.EndRow();
    }

    private static async Task<List<long>> IdsAsync(StoreFolder folder)
    {
        using StoreSnapshot snapshot = StoreSnapshot.Take(folder);
        var ids = new List<long>();
        foreach (string path in snapshot.Files.Where(path => path.Contains("exchanges", StringComparison.Ordinal)))
        {
            await using FileStream file = File.OpenRead(path);
            await using ParquetReader reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true);
            DataField index = reader.Schema.GetDataFields().Single(field => field.Name == "index");
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                using ParquetRowGroupReader values = reader.OpenRowGroupReader(group);
                long?[] numbers = new long?[values.RowCount];
                await values.ReadAsync<long>(index, numbers.AsMemory());
                ids.AddRange(numbers.Select(number => number!.Value));
            }
        }

        ids.Sort();
        return ids;
    }

    /// <summary>A clock whose hours take 50 ms.</summary>
    private sealed class FastClock : TimeProvider
    {
        private const long Faster = 72_000;

        private static readonly DateTimeOffset s_begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() =>
            s_begin + TimeSpan.FromTicks((DateTimeOffset.UtcNow - s_begin).Ticks % TimeSpan.TicksPerDay * Faster);
    }
}
