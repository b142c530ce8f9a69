using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.Capturing;
using Trama.Cli.Decrypting;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Packets;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Shows what a command says and hears as <c>trace</c> would, and keeps it in a file, on a thread of its own: the command never waits.
/// </summary>
internal sealed class RunRecording : IDisposable
{
    // As of a device: long enough for a last acknowledgement to be lost and its FIN to come again a few times.
    private const long ClosedAfterNs = 2_000_000_000;

    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMicroseconds(200);

    private readonly IRecordSource _packets;
    private readonly KeySources _keys;
    private readonly Report _report;
    private readonly PcapngWriter? _file;
    private readonly NewSecrets? _secrets;
    private readonly ConnectionTracker _tracker;
    private readonly Thread _thread;
    private Exception? _failure;
    private long _keysReadAt;

    /// <summary>Makes one.</summary>
    /// <param name="packets">Where they come from.</param>
    /// <param name="options">How to trace.</param>
    /// <param name="report">Shows it.</param>
    /// <param name="file">Keeps it; null for nothing.</param>
    /// <param name="keys">The secrets, which go into the file too.</param>
    public RunRecording(IRecordSource packets, TracingOptions options, Report report, PcapngWriter? file, KeySources keys)
    {
        (_packets, _report, _file, _keys) = (packets, report, file, keys);
        _tracker = new ConnectionTracker(options, report.Sink);
        if (file is not null && keys.Paths.FirstOrDefault() is { } keyLog) _secrets = new NewSecrets(keyLog);
        _thread = new Thread(Run) { Name = "recorder", IsBackground = true };
    }

    /// <summary>Starts to take the packets.</summary>
    public void Begin() => _thread.Start();

    /// <summary>Nothing was said for a while.</summary>
    public void Pause()
    {
        Timestamp now = SilentReplies.Now;
        _tracker.EndClosed(new Timestamp(now.Nanoseconds - ClosedAfterNs));
        _report.Flush();
        _file?.Flush();
    }

    /// <summary>Takes the rest, after the source has told that no more comes, and shows it.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="Exception">What stood in the way of showing or keeping it.</exception>
    public CaptureDiagnosis End()
    {
        _thread.Join();
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        ReadKeys();
        _tracker.Complete();
        CaptureDiagnosis diagnosis = _report.End(_tracker.Totals, [], truncated: false);
        _report.Flush();
        return diagnosis;
    }

    /// <inheritdoc/>
    public void Dispose() => _secrets?.Dispose();

    private void Run()
    {
        try
        {
            while (_packets.TryRead(out Record record))
            {
                if (Stopwatch.GetElapsedTime(_keysReadAt) > BetweenKeys) ReadKeys();
                _file?.Write(record);
                _tracker.Observe(record);
            }
        }
        catch (Exception failure) when (failure is CaptureException or SpoolException or StandardOutputException)
        {
            // The command goes on; the rest is neither shown nor kept.
            _failure = failure;
            while (_packets.TryRead(out _))
            {
                // Those who write to the source are not to wait.
            }
        }
    }

    // A short connection is over before a timer would have found its secrets.
    private void ReadKeys()
    {
        _keysReadAt = Stopwatch.GetTimestamp();
        _keys.ReadGrowth();
        if (_secrets is not null && _secrets.Take() is { IsEmpty: false } lines) _file!.WriteTlsSecrets(lines);
    }
}
