using System.Diagnostics;
using System.Globalization;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;

namespace Trama.Fleet.Soak;

/// <summary>Three brokers, three hubs and many sensors, what is done to them, and whether the store has each row once afterwards.</summary>
internal sealed class Soak : IDisposable
{
    private const string Full = "full", Pattern = "sensor-00";

    private readonly SoakPlan _plan;
    private readonly string _root;
    private readonly Brokers _brokers;
    private readonly Cable _cut, _full;
    private readonly FleetProcess[] _hubs = new FleetProcess[3];
    private readonly SortedDictionary<string, FleetProcess> _sensors = new(StringComparer.Ordinal);
    private readonly Progress _progress = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _late;

    public Soak(SoakPlan plan, string server, string root)
    {
        (_plan, _root) = (plan, root);
        _brokers = new Brokers(server, Path.Combine(root, "brokers"));
        (_cut, _full) = (new Cable(_brokers.ClientPorts[0]), new Cable(_brokers.ClientPorts[1]));
    }

    private string Store => Path.Combine(_root, "store");

    /// <summary>Runs it; true when the store has all, each once.</summary>
    public bool Run()
    {
        Say($"{_plan.Rows} rows of {_plan.Sensors} sensors in {_plan.Time.TotalSeconds:0} s and more, {_hubs.Length} hubs, "
            + $"{Brokers.Count} brokers, {Environment.ProcessorCount} processors");
        _brokers.Start();
        for (int hub = 0; hub < _hubs.Length; hub++) StartHub(hub);
        if (!Wait("streams have a leader", () => _brokers.LeaderOf("TRAMA_P07") is not null)) return false;
        _cut.Mend();
        for (int sensor = 0; sensor < _plan.Sensors; sensor++) StartSensor(sensor);
        StartFull();
        if (!Wait("rows are stored", () => _progress.Stored > 0)) return false;
        TimeSpan begun = _clock.Elapsed;
        foreach (Trouble trouble in Troubles().Where(trouble => trouble.Of == (_plan.Half ?? trouble.Of) || trouble.Of == TroubleOf.Both))
        {
            while (_clock.Elapsed - begun < _plan.Time * (_plan.Half is null ? trouble.At : trouble.AtOfHalf)) Look();
            TellStall();
            trouble.Act();
            Say(trouble.What);
        }

        bool isDone = Wait("all that was sent is stored", () => _sensors.Values.All(sensor => sensor.IsDone));
        TellStall();
        foreach (FleetProcess hub in _hubs) hub.End();
        return isDone & Judge("journals and tables") & JudgeTables();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_late > 0) FleetProcess.Signal("KILL", _late);
        foreach (FleetProcess sensor in _sensors.Values) sensor.Dispose();
        foreach (FleetProcess? hub in _hubs) hub?.Dispose();
        _brokers.Dispose();
        _cut.Dispose();
        _full.Dispose();
    }

    // Of a half, a hub is stopped for as long as of all: beyond its leases.
    private IEnumerable<Trouble> Troubles() =>
    [
        new(0.08, TroubleOf.Brokers, 0.02, $"{Name(3)} is cut off", _cut.Cut),
        new(0.10, TroubleOf.Hubs, 0.02, "a hub is stopped", () => _hubs[1].Signal("STOP")),
        new(0.12, TroubleOf.Brokers, 0.10, "kill -9 of the broker that leads a stream",
            () => _brokers.Kill(_brokers.LeaderOf("TRAMA_P00") ?? 0)),
        new(0.20, TroubleOf.Brokers, 0.30, "that broker again", _brokers.Start),
        new(0.24, TroubleOf.Hubs, 0.10, "kill -9 of a hub", _hubs[0].Kill),
        new(0.28, TroubleOf.Hubs, 0.15, "that hub again", () => StartHub(0)),
        new(0.30, TroubleOf.Hubs, 0.20, $"kill -9 of {Name(0)}, and it again", () => Restart(0)),
        new(0.32, TroubleOf.Hubs, 0.25, $"the courier of {Name(1)} is stopped; {Name(1)} is killed, and again with a new one", StopCourier),
        new(0.52, TroubleOf.Hubs, 0.70, "the old courier goes on: what it publishes comes late", ContinueCourier),
        new(0.54, TroubleOf.Hubs, 0.80, "the hub goes on, beyond its leases", () => _hubs[1].Signal("CONT")),
        new(0.60, TroubleOf.Brokers, 0.50, "kill -9 of all brokers at once", () => _brokers.Kill()),
        new(0.62, TroubleOf.Brokers, 0.55, "all brokers again", _brokers.Start),
        new(0.80, TroubleOf.Brokers, 0.80, "kill -9 of all brokers at once, and their disks are erased", Erase),
        new(0.82, TroubleOf.Brokers, 0.85, "all brokers again, without what they had", _brokers.Start),
        new(0.90, TroubleOf.Both, 0.90, $"{Name(3)} is cut off no more, and what the full spool has may go", Mend),
    ];

    private void StopCourier()
    {
        _late = _sensors[Name(1)].Children[0];
        FleetProcess.Signal("STOP", _late);
        Restart(1);
    }

    // It ends by itself, since its sensor is gone.
    private void ContinueCourier()
    {
        FleetProcess.Signal("CONT", _late);
        _late = 0;
    }

    private void Erase()
    {
        _brokers.Kill();
        _brokers.Erase();
    }

    private void Mend()
    {
        _cut.Mend();
        _full.Mend();
    }

    private void StartHub(int hub) => _hubs[hub] = new FleetProcess(FleetProcess.HubProgram,
        ["--store", Store, "--nats", _brokers.Url, "--name", $"hub-{hub}", "--lang", "en"], line =>
        {
            if (line.Length > 0) Say($"hub-{hub}: {line}");
        });

    private void StartSensor(int sensor) => Start(Name(sensor), sensor == 3 ? _cut.Url : _brokers.Url, _plan.Messages);

    private void StartFull() => Start(Full, _full.Url, 0);

    private void Start(string name, string url, int messages) => _sensors[name] = new FleetProcess(Environment.ProcessPath!,
        [SensorRole.Word, name, Path.Combine(_root, name), url, $"{messages}", _plan.Pause.TotalMilliseconds.ToString(
            CultureInfo.InvariantCulture)], line => _progress.Hear(name, line));

    private void Restart(int sensor)
    {
        _sensors[Name(sensor)].Kill();
        _sensors[Name(sensor)].Dispose();
        StartSensor(sensor);
    }

    private void Look()
    {
        Thread.Sleep(100);
        _progress.Look();
    }

    private bool Wait(string forWhat, Func<bool> until)
    {
        TimeSpan end = _clock.Elapsed + _plan.Patience;
        while (!until())
        {
            if (_clock.Elapsed > end)
            {
                Say($"in vain waited until {forWhat}: {_progress.Stored * SoakPlan.RowsPerMessage} rows are stored");
                return false;
            }

            Look();
        }

        Say(forWhat);
        return true;
    }

    private bool Judge(string what)
    {
        var stored = new StoredNumbers(Store, (int)(_plan.Rows / _plan.Sensors));
        (long Rows, long Twice)[] all = [.. Enumerable.Range(0, _plan.Sensors).Select(sensor => stored.Of(Name(sensor)))];
        (long rows, long twice) = (all.Sum(one => one.Rows), all.Sum(one => one.Twice));
        (long full, long fullTwice) = stored.Of(Full);
        Say($"{what} ({stored.Tables} tables): {rows} different rows, {twice} of them twice; of the full spool {full} rows, "
            + $"{fullTwice} twice, and {stored.Missing} told to be missing; {stored.Rejected} files of what could not be read");
        return stored.IsWhole && (rows, twice, fullTwice, stored.Rejected) == (_plan.Rows, 0, 0, 0) && stored.Missing > 0
            && full + stored.Missing == SensorRole.FullRows;
    }

    // As the next hub does when the hour is over; tables are read by DuckDB.
    private bool JudgeTables()
    {
        if (!Rows.Sql.RowDatabase.IsThere)
        {
            Say("tables are not tried: DuckDB is missing (trama sql --setup)");
            return true;
        }

        for (int partition = 0; partition < FleetMessage.Partitions; partition++)
        {
            using var store = PartitionStore.Take(Store, partition, new Lease(long.MaxValue, 1), new StoreLimits(), (_, _) => { },
                TimeProvider.System);
            store.Finish(all: true);
        }

        return Judge("tables alone");
    }

    private static string Name(int sensor) => "sensor-" + sensor.ToString(Pattern[^2..], CultureInfo.InvariantCulture);

    private void TellStall()
    {
        if (_progress.LongestStall is { TotalSeconds: >= 3 and var seconds })
            Say(string.Create(CultureInfo.InvariantCulture, $"meanwhile nothing was known to be stored for {seconds:0} s"));
        _progress.Next();
    }

    private void Say(string text)
    {
        lock (_clock) Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_clock.Elapsed.TotalSeconds,6:0.0} s {_progress.Stored * SoakPlan.RowsPerMessage,9} stored  {text}"));
    }
}
