using System.Diagnostics;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Packets;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Browser;

/// <summary>The captures that were dropped on the page: one after another as one, or two of the same connections joined. They are read in
/// pieces, so that between two of them the page gets answers.</summary>
internal sealed class LocalCapture
{
    private const int PacketsBetweenLooks = 256;

    private readonly LocalFiles _files;
    private readonly BlobPackets _packets = new();
    private readonly TracingOptions _options;
    private readonly LocalPair? _pair;
    private ConnectionTracker _tracker;
    private CommentOwners _comments = new();
    private CaptureFile? _file;
    private long _read;
    private int _next;
    private bool _isTruncated;

    /// <summary>Prepares it; nothing is read before <see cref="Read"/>.</summary>
    public LocalCapture(LocalFiles files)
    {
        _files = files;
        // What the page shows needs no second copy of the bytes.
        _options = new TracingOptions { Keys = files.Keys.Keys, CompareRepeats = false };
        Browsed = new BrowsedCapture(_packets, _options) { IsJudgedElsewhere = files.AreTwoPlaces };
        if (files.AreTwoPlaces)
            _pair = new LocalPair(BrowsedCapture.JoinedNeeds(JoinedDiagnoser.Options with { Keys = files.Keys.Keys }));
        _tracker = new ConnectionTracker(BrowsedCapture.Needs(_options with { Owners = _comments }), Browsed);
        Browsed.Totals = _tracker.Totals;
        Source = new BrowsedSource(Browsed, files.Names, IsLive: false)
        {
            Progress = () => Browsed.IsComplete ? null : (_read + (_file?.BytesRead ?? 0), files.Size),
            IsTruncated = () => _isTruncated,
            Notes = files.Refusals,
        };
    }

    /// <summary>What is known so far.</summary>
    public BrowsedCapture Browsed { get; }

    /// <summary>The same for the page.</summary>
    public BrowsedSource Source { get; }

    /// <summary>Reads on for a while.</summary>
    /// <param name="most">How long.</param>
    /// <returns>Whether there is more.</returns>
    public bool Read(TimeSpan most)
    {
        if (Browsed.IsComplete) return false;
        long began = Stopwatch.GetTimestamp();
        do
        {
            for (int i = 0; i < PacketsBetweenLooks; i++)
            {
                if (_file is null && !Begin()) return false;
                if (!_file!.TryRead(out Record record))
                {
                    EndFile();
                    continue;
                }

                Observe(record, _tracker, _comments);
                if (_pair is null) _packets.Note(_file, _tracker.Totals.Packets);
            }
        }
        while (Stopwatch.GetElapsedTime(began) < most);
        return true;
    }

    /// <summary>It is over, also where somebody ends it early.</summary>
    public void Conclude()
    {
        if (Browsed.IsComplete) return;
        _file = null;
        if (_pair is not null)
        {
            _pair.Show(Browsed);
            return;
        }

        _tracker.Complete();
        Browsed.Conclude();
    }

    /// <summary>Reads it once more, and writes what <c>trama trace --ndjson</c> writes.</summary>
    public void WriteLines(Stream output)
    {
        using var report = new Report(new JsonLinesReport(new FormSettings { Output = output }), judged: null, new Selection());
        LocalPair? pair = _pair is null ? null : new LocalPair(report.JoinedNeeds with { Keys = _options.Keys });
        var comments = new CommentOwners();
        var tracker = new ConnectionTracker(report.Needs with { Keys = _options.Keys, Owners = comments }, report.Sink);
        foreach (LocalFile capture in _files.Captures)
        {
            if (pair is not null) tracker = pair.Begin(comments = new CommentOwners());
            using CaptureFile file = CaptureFile.Open(capture.Open());
            file.ForwardTlsSecrets(_files.Keys.Add);
            while (file.TryRead(out Record record)) Observe(record, tracker, comments);
        }

        if (pair is not null)
        {
            (JoinedCapture joined, CaptureDiagnosis diagnosis) = pair.Join();
            report.Show(joined, diagnosis, _files.Names, _isTruncated);
            return;
        }

        tracker.Complete();
        report.End(tracker.Totals, _files.Names, _isTruncated);
    }

    // What a packet ends is told while the tracker takes it, so its comment counts before; that of a connection's first one only then.
    private static void Observe(in Record record, ConnectionTracker tracker, CommentOwners comments)
    {
        bool isNoted = comments.Note(record, isTaken: false);
        tracker.Observe(record);
        if (!isNoted) comments.Note(record, isTaken: true);
    }

    private bool Begin()
    {
        if (_next == _files.Captures.Count)
        {
            Conclude();
            return false;
        }

        LocalFile capture = _files.Captures[_next++];
        _file = CaptureFile.Open(capture.Open());
        _file.ForwardTlsSecrets(_files.Keys.Add);
        if (_pair is null) _packets.Begin(_file, _tracker.Totals.Packets + 1, capture.Open);
        else _tracker = _pair.Begin(_comments = new CommentOwners());
        return true;
    }

    private void EndFile()
    {
        _isTruncated |= _file!.End is { IsComplete: false };
        _read += _file.Size ?? 0;
        // What it learned of its interfaces counts for packets that are read again.
        _file.Dispose();
        _file = null;
    }
}
