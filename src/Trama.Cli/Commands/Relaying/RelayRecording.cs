using System.Runtime.ExceptionServices;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.Capturing;
using Trama.Cli.Decrypting;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Tracing;

namespace Trama.Cli.Commands.Relaying;

/// <summary>
/// Shows what is relayed, as <c>trace</c> would if it had captured it, and keeps it in a file; on a thread of its own, so
/// that the bytes need not wait.
/// </summary>
internal sealed class RelayRecording : IDisposable
{
    private readonly Report? _report;
    private readonly PcapngWriter? _file;
    private readonly string? _path;
    private readonly Language _language;
    private readonly ConnectionTracker? _tracker;
    private readonly KeySources _keys;
    private readonly List<NewSecrets> _secrets = [];
    private readonly RelayOwners? _owners;
    private readonly HeldForOwners? _held;
    private readonly OwnerNotes _notes = new();
    private readonly SegmentDecoder _decoder = new();
    private readonly Thread _thread;
    private Action _failed = () => { };
    private Exception? _failure;

    /// <summary>Opens what it writes to.</summary>
    /// <param name="options">How to trace.</param>
    /// <param name="report">Shows the exchanges; null to show nothing.</param>
    /// <param name="path">The capture file; null for none.</param>
    /// <param name="keys">The secrets of connections that pass encrypted; disposed of with this. Those that come go into the file
    /// too.</param>
    /// <param name="language">The language of errors and of the file's comment.</param>
    /// <exception cref="CaptureException">The file cannot be created.</exception>
    public RelayRecording(TracingOptions options, Report? report, string? path, KeySources keys, Language language)
    {
        (_report, _path, _keys, _language) = (report, path, keys, language);
        _owners = RelayOwners.Open();
        if (_owners is not null && report?.AwaitsOwners(options) is { } isEnough) _held = new HeldForOwners(_owners, isEnough);
        if (report is not null)
            _tracker = new ConnectionTracker(options with { Owners = _held is null ? _owners : _held }, report.Sink);

        if (path is not null)
        {
            OthersLinks.Refuse(path);
            _file = new PcapngWriter(path, $"trama {ThisProgram.Version}", language.Pick(
                "synthetic: trama relay passed these bytes on at these times; the segments, their numbers and their "
                    + "acknowledgements are made up",
                "sintético: o trama relay repassou estes bytes nestes horários; os segmentos, seus números e suas "
                    + "confirmações são inventados"));
            _file.AddInterface(new CaptureInterface(LinkType.Raw, 0) { Name = "relay", IsNanosecond = true });
            _secrets.AddRange(keys.Paths.Select(keyLog => new NewSecrets(keyLog)));
        }

        _thread = new Thread(Run) { Name = "recorder", IsBackground = true };
    }

    /// <summary>What happened, yet to be recorded.</summary>
    public RelayJournal Journal { get; } = new(TimeProvider.System);

    /// <summary>Starts to record.</summary>
    /// <param name="failed">Called when nothing more can be written.</param>
    public void Start(Action failed)
    {
        _failed = failed;
        _thread.Start();
    }

    /// <summary>Records and shows the rest.</summary>
    /// <exception cref="Exception">What stood in the way of writing.</exception>
    public void End()
    {
        Journal.Complete();
        _thread.Join();
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        _tracker?.Complete();
        if (_tracker is null) return;
        if (_report!.Selection.Only is { } asked && asked > _tracker.Totals.Connections) throw MissingConnection.Error(
            asked, _tracker.Totals.Connections, _language);
        _report.End(_tracker.Totals, _path is null ? [] : [_path], truncated: false);
        _keys.Conclude(_tracker.Totals.Tls);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _secrets.ForEach(secrets => secrets.Dispose());
        _keys.Dispose();
        _file?.Dispose();
        _report?.Dispose();
        _owners?.Dispose();
    }

    private void Run()
    {
        try
        {
            var recorder = new RelayRecorder(Take, _owners);
            SilentReplies? silent = _tracker is null ? null : new(_tracker, _held is null ? 0 : HeldForOwners.PatienceNs);
            while (Journal.TryTake(SilentReplies.Interval, out ReadOnlySpan<RelayEvent> events, out ReadOnlySpan<byte> bytes,
                out Timestamp now))
            {
                foreach (NewSecrets secrets in _secrets)
                    if (secrets.Take() is { IsEmpty: false } lines) _file!.WriteTlsSecrets(lines);
                recorder.Record(events, bytes, now);
                Release(now);
                silent?.End();
                // Nothing comes after the end of a relayed connection.
                _tracker?.EndClosed(now);
                _report?.Flush();
                _file?.Flush();
            }

            // What came last waits as long as all.
            for (; _held is { IsEmpty: false }; Release(SilentReplies.Now)) Thread.Sleep(SilentReplies.Interval / 10);
        }
        catch (Exception failure) when (failure is CaptureException or SpoolException or ReaderGoneException or StandardOutputException)
        {
            _failure = failure;
            Journal.Complete();
            _failed();
        }
    }

    private void Take(in Record record)
    {
        _file?.Write(_owners is null ? record : record with { Notes = Notes(record, _owners) });
        if (_held is null) _tracker?.Observe(record);
        else _held.Add(record);
    }

    private void Release(Timestamp now)
    {
        while (_held is not null && _held.TryTake(now, out Record record)) _tracker!.Observe(record);
    }

    private RecordNotes Notes(in Record record, RelayOwners owners)
    {
        if (_decoder.Decode(record, out TcpSegment segment) != Decoded.Segment) return default;
        if (owners.OfConnection(segment) is not { } owner) return default;
        Side from = owners.IsFromClient(segment) ? Side.Client : Side.Server;
        return _notes.Of(owner(from), owner(from.Other()));
    }
}
