using System.Diagnostics;
using Trama.Captures;
using Trama.Captures.Filters;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Reports;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary>Where the packets of <c>trace</c> and <c>follow</c> come from: capture files one after another, or a device.</summary>
internal sealed class TraceInput(Language language)
{
    // Long enough for a last acknowledgement to be lost and its FIN to come again a few times.
    private const long ClosedAfterNs = 2_000_000_000;

    // Packets through a pipe are live ones when the last came hardly later than it was captured.
    private const long LiveDelayNs = 5_000_000_000;

    private CaptureFile? _file;
    private bool _follows;

    /// <summary>The files, in order; empty to capture live.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Files whose secrets of TLS connections count for these, too.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>The device (<c>-i</c>); null for the default one.</summary>
    public string? Device { get; init; }

    /// <summary>The filter expression; empty lets every packet pass.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Where the secrets of TLS connections come from; null when nothing is decrypted.</summary>
    public KeySources? Keys { get; init; }

    /// <summary>Whose the connections are.</summary>
    public InputOwners Owners { get; } = new();

    /// <summary>
    /// Live: packets are held until their connection's processes are known for sure, or this says that what is known of client and server
    /// is enough; null when nobody asks for processes.
    /// </summary>
    public Func<SideProcess?, SideProcess?, bool>? AwaitsOwners { get; set; }

    /// <summary>How to capture.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>Live: whether a connection that is over is told as ended soon, rather than when the tracker needs its place.</summary>
    public bool EndsClosed { get; set; }

    /// <summary>
    /// Whether what is shown of files passes by on the terminal as they are read; else a line there says how far that is.
    /// </summary>
    public bool ShowsAsItGoes { get; set; }

    /// <summary>Called once, when the first file or the device is open and the filter understood; a pipe may have nothing yet.</summary>
    public Action? Opened { get; set; }

    /// <summary>Learns where packets are, to give them again; null when nobody asks for them twice.</summary>
    public PacketsAgain? Again { get; set; }

    /// <summary>Of what time the packets of a store are wanted; null when the input is none, or all of it is.</summary>
    public PastPeriod? Stored { get; init; }

    /// <summary>Given each packet, before the tracker has it; null when nobody wants it.</summary>
    public RecordHandler? Coming { get; set; }

    /// <summary>How far the file at hand is read, in bytes, and how long it is; null when that is not known, or nothing is read. May
    /// be asked on another thread.</summary>
    public (long Read, long Size)? Progress => _file is { Size: { } size } file ? (file.BytesRead, size) : null;

    /// <summary>Whether the file at hand is still being written, and followed until it is not. May be asked on another thread.</summary>
    public bool Follows => _follows;

    /// <summary>Whether the files were read before, and what is wrong with them was told.</summary>
    public bool IsReadAgain { get; init; }

    /// <summary>Whether a file ended before its end.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>What was in the packets besides TCP, for a capture that has none.</summary>
    public CaptureContents Contents { get; } = new();

    /// <summary>
    /// Splits arguments into files and a filter: those at the front that exist are files, what follows is the filter.
    /// </summary>
    /// <exception cref="UserError">The first one looks like a file and does not exist.</exception>
    public static (IReadOnlyList<string> Files, string Filter) Split(IReadOnlyList<string> args, Language language)
    {
        string[] files = [.. args.TakeWhile(arg => arg == "-" || Path.Exists(arg))];
        if (args.Count > files.Length && !args[files.Length].Contains(' ', StringComparison.Ordinal)
            && (files.Length == 0 || LooksLikeFile(args[files.Length])))
            throw new UserError(language.Pick($"{args[files.Length]}: no such file", $"{args[files.Length]}: arquivo não encontrado"));
        return (files, string.Join(' ', args.Skip(files.Length)));
    }

    /// <summary>Gives every packet to the tracker, until the end or a signal.</summary>
    /// <param name="tracker">Takes the packets.</param>
    /// <param name="flush">Shows what was held back; called before waiting for a device or a pipe.</param>
    /// <param name="enough">Whether no more packets are needed.</param>
    /// <param name="stop">Ends it as a signal does.</param>
    public void Run(ConnectionTracker tracker, Action flush, Func<bool>? enough = null, CancellationToken stop = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var signals = new StopSignals(ends);
        if (Files.Count == 0) RunLive(tracker, flush, ends.Token);
        foreach (string path in Files)
        {
            if (!ends.IsCancellationRequested) RunFile(path, tracker, flush, () =>
                ends.IsCancellationRequested || (enough?.Invoke() ?? false));
        }
    }

    /// <summary>Says what is in a capture that has no TCP.</summary>
    /// <exception cref="UserError">There are packets, and none of them is TCP.</exception>
    public void ThrowIfNoTcp(CaptureTotals totals)
    {
        if (totals is not { Packets: > 0, TcpPackets: 0 }) return;
        throw new UserError(language.Pick($"there is no TCP in this capture; its packets: {Contents}",
            $"não há TCP nesta captura; seus pacotes: {Contents}"));
    }

    private void RunFile(string path, ConnectionTracker tracker, Action flush, Func<bool> enough)
    {
        const int packetsBetweenLooks = 1024;
        if (path == "-") TellOpened();
        using CaptureFile file = Open(path);
        _file = file;
        // Secrets and comments count from where they stand.
        Keys?.Take(file, Files.Concat(Companions).Distinct().Where(other => other != path), tracker.GoOnAlone);
        if (Keys?.Keys.Connections > 0) tracker.GoOnAlone();
        if (file.IsPcapng) Owners.Source ??= new CommentOwners { Changing = tracker.GoOnAlone };
        PacketFilter? filter = Filter.Length == 0 || file.Interfaces is not [CaptureInterface first, ..]
            ? null : PacketFilter.Compile(Filter, first);
        Again?.Filter(filter);
        TellOpened();
        using StatusLine? progress = ShowsAsItGoes ? null : ReadProgress.Show(file, path, language);
        var silent = new SilentReplies(tracker);
        long packets = 0;
        (long Packets, long Since) waits = (-1, 0);
        // Of a file that nobody writes any more everything is there: the next block is only being read.
        bool isWritten = Stored is null && (file.Size is null || _follows);
        file.Waiting = () =>
        {
            if (!isWritten) return !enough();
            if (waits.Packets != packets) waits = (packets, Stopwatch.GetTimestamp());
            // What a writer has written before it paused counts as it is, whatever the clocks say.
            bool isPause = Stopwatch.GetElapsedTime(waits.Since) >= SilentReplies.Interval;
            if (isPause && tracker.Totals.LastAt is { } last && SilentReplies.Now - last is >= 0 and < LiveDelayNs) silent.End();
            tracker.Settle();
            flush();
            return !enough();
        };
        while (file.TryRead(out Record record))
        {
            if (filter is null || filter.Matches(record)) Observe(tracker, record);
            if (++packets % packetsBetweenLooks == 0 && enough()) return;
        }

        if (file.End is not { IsComplete: false } end || enough()) return;
        IsTruncated = true;
        if (!IsReadAgain) Console.Error.WriteLine($"trama: {CaptureErrors.Describe(path, end, packets, language).Message}");
    }

    private CaptureFile Open(string path)
    {
        try
        {
            return Stored is { } period ? CaptureFiles.OpenStore(path, period, Again)
                : Again is null ? CaptureFiles.Open(path) : CaptureFiles.Open(path, Again, out _follows);
        }
        catch (StoreException error)
        {
            throw StoreErrors.Describe(error, language);
        }
    }

    private void RunLive(ConnectionTracker tracker, Action flush, CancellationToken stop)
    {
        string device = Devices.Choose(Device, language);
        using LiveCapture capture = Devices.Open(device, Live);
        using LiveOwners? owners = LiveOwners.Open(device);
        HeldForOwners? held = owners is not null && AwaitsOwners is { } isEnough ? new HeldForOwners(owners, isEnough) : null;
        Owners.Source = held is null ? owners : held;
        Again?.BeginRecent();
        Privileges.Drop();
        capture.Apply(capture.Compile(Filter));
        TellOpened();
        using CancellationTokenRegistration registration = stop.Register(capture.Stop);
        var silent = new SilentReplies(tracker, held is null ? 0 : HeldForOwners.PatienceNs);
        capture.Waiting = () =>
        {
            Release();
            silent.End();
            if (EndsClosed) tracker.EndClosed(new Timestamp(SilentReplies.Now.Nanoseconds - ClosedAfterNs));
            tracker.Settle();
            flush();
        };
        using var ticks = new Timer(_ => capture.Wake(), null, SilentReplies.Interval, SilentReplies.Interval);
        Console.Error.WriteLine(language.Pick($"listening on {capture.Device}; Ctrl-C ends",
            $"escutando em {capture.Device}; Ctrl-C encerra"));
        while (capture.TryRead(out Record record))
        {
            if (held is null) Observe(tracker, record);
            else held.Add(record);
            Release();
        }

        // What came last waits as long as all.
        for (; held is { IsEmpty: false }; Release()) Thread.Sleep(SilentReplies.Interval / 10);
        long captured = tracker.Totals.Packets, dropped = capture.Statistics.DroppedByKernel;
        Console.Error.WriteLine(
            language.Pick($"{captured} {(captured == 1 ? "packet" : "packets")} captured, {dropped} dropped by the kernel",
            $"{captured} {(captured == 1 ? "pacote capturado" : "pacotes capturados")}, {dropped} descartados pelo kernel"));

        void Release()
        {
            while (held is not null && held.TryTake(SilentReplies.Now, out Record record)) Observe(tracker, record);
        }
    }

    private void TellOpened()
    {
        Opened?.Invoke();
        Opened = null;
    }

    private void Observe(ConnectionTracker tracker, in Record record)
    {
        // What a packet ends is told while the tracker takes it.
        var comments = Owners.Source as CommentOwners;
        bool isNoted = comments?.Note(record, isTaken: false) != false;
        Coming?.Invoke(record);
        tracker.Observe(record);
        Again?.Note(_file, record, tracker.Totals.Packets);
        if (!isNoted) comments!.Note(record, isTaken: true);
        if (tracker.Totals.TcpPackets == 0) Contents.Note(record);
    }

    private static bool LooksLikeFile(string arg) => arg.Contains('/', StringComparison.Ordinal)
        || arg.Contains(".pcap", StringComparison.OrdinalIgnoreCase);
}
