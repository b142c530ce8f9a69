using System.Diagnostics;
using System.Globalization;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Store.Simulate;

// Writes what a flight recorder would in many hours into a store, by its own writer and with a clock of its own, and says at each hour what
// the process and the store hold. The last hour is the one before now, so that trama history finds it.
if (args is ["write", string written, string next]) return KilledWriter.Write(written, long.Parse(next, CultureInfo.InvariantCulture));
if (args is ["day", _, _, _, _, _, ..]) return CompressedDay.Run(args[1..]);
if (args is ["kill", string killed, string rounds])
    return await KilledWriter.RunAsync(killed, int.Parse(rounds, CultureInfo.InvariantCulture));
if (args is not [string path, ..])
{
    Console.Error.WriteLine("usage: Trama.Store.Simulate FOLDER [HOURS [EXCHANGES [PACKETS]]]");
    Console.Error.WriteLine("       Trama.Store.Simulate kill FOLDER ROUNDS");
    Console.Error.WriteLine("       Trama.Store.Simulate day BEGIN HOURS SPEED PER_SECOND CAPTURE…");
    Console.Error.WriteLine("  default: 168 hours, 50,000,000 exchanges, no packets' headers");
    return 2;
}

int hours = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 168;
long exchanges = args.Length > 2 ? long.Parse(args[2], CultureInfo.InvariantCulture) : 50_000_000;
long packets = args.Length > 3 ? long.Parse(args[3], CultureInfo.InvariantCulture) : 0;
DateTimeOffset end = DateTimeOffset.UtcNow, hour = new(end.Year, end.Month, end.Day, end.Hour, 0, 0, TimeSpan.Zero);
var clock = new SetClock(hour - TimeSpan.FromHours(hours));
StoreFolder folder = StoreFolder.Take(path, out IDisposable held);
var taken = Stopwatch.StartNew();
long rows = 0, first = 0, last = 0;
int handles = 0;
using (held)
using (var store = new StoreWriter(folder, new StoreLimits { Age = TimeSpan.FromDays(60) }, clock))
using (var ring = new HeaderRing(folder, 256 << 20))
{
    var load = new MixedLoad(store, clock);
    Console.WriteLine("hour\trows\tseconds\tMiB held\thandles\tfiles\tMiB stored");
    for (int i = 1; i <= hours; i++)
    {
        long perHour = exchanges / hours, packetsPerHour = packets / hours;
        for (int minute = 0; minute < 60; minute++)
        {
            rows += load.Write(perHour / 60, TimeSpan.FromMinutes(1));
            load.Send(ring, packetsPerHour / 60);
            store.Keep();
            ring.Keep();
        }

        store.Finish();
        FileInfo[] files = new DirectoryInfo(folder.Root).GetFiles("*", SearchOption.AllDirectories);
        GC.Collect();
        last = Environment.WorkingSet >> 20;
        int open = Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;
        // The first hours warm up.
        if (i == Math.Min(6, hours)) (first, handles) = (last, open);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i}\t{rows}\t{taken.Elapsed.TotalSeconds:F1}\t{last}\t{open}\t"
            + $"{files.Length}\t{files.Sum(file => file.Length) >> 20}"));
        if (i == hours) handles -= open;
    }

    if (store.LostRows + ring.Lost > 0)
    {
        Console.WriteLine($"lost: {store.LostRows} rows, {ring.Lost} packets");
        return 1;
    }
}

long stored = Manifest.Read(folder.Root).Tables.Sum(table => table.Rows);
Console.WriteLine($"rows written: {rows}; in tables: {stored}; memory from hour 6 to the last: {first} to {last} MiB; "
    + $"handles more: {-handles}");
// What is held may differ by a buffer or two, and must not grow with the hours; the last hour is in its journal still, or in tables.
return stored <= rows && last <= first + Math.Max(64, first / 2) && -handles <= 4 ? 0 : 1;
