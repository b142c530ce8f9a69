using Trama.Captures;
using Trama.Captures.Filters;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Cli.Decrypting;
using Trama.Cli.ThisProcess;
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

    /// <summary>The files, in order; empty to capture live.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The device (<c>-i</c>); null for the default one.</summary>
    public string? Device { get; init; }

    /// <summary>The filter expression; empty lets every packet pass.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Where the secrets of TLS connections come from; null when nothing is decrypted.</summary>
    public KeySources? Keys { get; init; }

    /// <summary>Whose the connections are.</summary>
    public InputOwners Owners { get; } = new();

    /// <summary>How to capture.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>Live: whether a connection that is over is told as ended soon, rather than when the tracker needs its place.</summary>
    public bool EndsClosed { get; set; }

    /// <summary>
    /// Whether what is shown of files passes by on the terminal as they are read; else a line there says how far that is.
    /// </summary>
    public bool ShowsAsItGoes { get; set; }

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
    public void Run(ConnectionTracker tracker, Action flush, Func<bool>? enough = null)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        if (Files.Count == 0) RunLive(tracker, flush, stop.Token);
        foreach (string path in Files)
        {
            if (!stop.IsCancellationRequested) RunFile(path, tracker, flush, () =>
                stop.IsCancellationRequested || (enough?.Invoke() ?? false));
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
        using CaptureFile file = CaptureFiles.Open(path);
        Keys?.Take(file);
        if (file.IsPcapng) Owners.Source ??= new CommentOwners();
        PacketFilter? filter = Filter.Length == 0 || file.Interfaces is not [CaptureInterface first, ..]
            ? null : PacketFilter.Compile(Filter, first);
        using StatusLine? progress = ShowsAsItGoes ? null : ReadProgress.Show(file, path, language);
        var silent = new SilentReplies(tracker);
        file.Waiting = () =>
        {
            if (tracker.Totals.LastAt is { } last && SilentReplies.Now - last < LiveDelayNs) silent.End();
            tracker.Settle();
            flush();
            return !enough();
        };
        long packets = 0;
        while (file.TryRead(out Record record))
        {
            if (filter is null || filter.Matches(record)) Observe(tracker, record);
            if (++packets % packetsBetweenLooks == 0 && enough()) return;
        }

        if (file.End is not { IsComplete: false } end || enough()) return;
        IsTruncated = true;
        if (!IsReadAgain) Console.Error.WriteLine($"trama: {CaptureErrors.Describe(path, end, packets, language).Message}");
    }

    private void RunLive(ConnectionTracker tracker, Action flush, CancellationToken stop)
    {
        string device = Devices.Choose(Device, language);
        using LiveCapture capture = Devices.Open(device, Live);
        using LiveOwners? owners = LiveOwners.Open(device);
        Owners.Source = owners;
        Privileges.Drop();
        capture.Apply(capture.Compile(Filter));
        using CancellationTokenRegistration registration = stop.Register(capture.Stop);
        var silent = new SilentReplies(tracker);
        capture.Waiting = () =>
        {
            silent.End();
            if (EndsClosed) tracker.EndClosed(new Timestamp(SilentReplies.Now.Nanoseconds - ClosedAfterNs));
            flush();
        };
        using var ticks = new Timer(_ => capture.Wake(), null, SilentReplies.Interval, SilentReplies.Interval);
        Console.Error.WriteLine(language.Pick($"listening on {capture.Device}; Ctrl-C ends",
            $"escutando em {capture.Device}; Ctrl-C encerra"));
        while (capture.TryRead(out Record record)) Observe(tracker, record);
        long captured = tracker.Totals.Packets, dropped = capture.Statistics.DroppedByKernel;
        Console.Error.WriteLine(
            language.Pick($"{captured} {(captured == 1 ? "packet" : "packets")} captured, {dropped} dropped by the kernel",
            $"{captured} {(captured == 1 ? "pacote capturado" : "pacotes capturados")}, {dropped} descartados pelo kernel"));
    }

    private void Observe(ConnectionTracker tracker, in Record record)
    {
        tracker.Observe(record);
        (Owners.Source as CommentOwners)?.Note(record);
        if (tracker.Totals.TcpPackets == 0) Contents.Note(record);
    }

    private static bool LooksLikeFile(string arg) => arg.Contains('/', StringComparison.Ordinal)
        || arg.Contains(".pcap", StringComparison.OrdinalIgnoreCase);
}
