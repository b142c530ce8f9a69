using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Reporting;

/// <summary>An input that is looked at while it is read and afterwards: by the page, or by the view of the terminal.</summary>
internal sealed class BrowsedInput : IDisposable
{
    private readonly TraceInput _input;
    private readonly Language _language;
    private readonly TracingOptions _options;
    private readonly PacketsAgain _again = new();
    private readonly ConnectionTracker _tracker;
    private bool _isTruncated;
    private ReadFiles? _files;

    /// <summary>Prepares it; nothing is read before <see cref="Run"/>.</summary>
    /// <param name="input">Where the packets come from.</param>
    /// <param name="options">How they are traced beside what browsing needs: the framing.</param>
    /// <param name="language">The language of what is refused.</param>
    public BrowsedInput(TraceInput input, TracingOptions options, Language language)
    {
        (_input, _language) = (input, language);
        input.Again = _again;
        _options = options with { Keys = input.Keys?.Keys, Owners = input.Owners };
        Capture = new BrowsedCapture(_again, _options);
        _tracker = new ConnectionTracker(BrowsedCapture.Needs(_options), Capture);
        Capture.Totals = _tracker.Totals;
        input.EndsClosed = true;
        // What is shown says itself how far it is.
        input.ShowsAsItGoes = true;
    }

    /// <summary>What is known so far; may be asked on any thread.</summary>
    public BrowsedCapture Capture { get; }

    /// <summary>Gives its packets again.</summary>
    public IRecordedPackets Packets => _again;

    /// <summary>How far the file at hand is read, in bytes, and how long it is; null when that is not known.</summary>
    public (long Read, long Size)? Progress => Capture.IsComplete ? null : _input.Progress;

    /// <summary>Whether the file at hand is still being written, and followed until it is not.</summary>
    public bool Follows => !Capture.IsComplete && _input.Follows;

    /// <summary>Whether a file ended before its end.</summary>
    public bool IsTruncated => _isTruncated || _input.IsTruncated;

    /// <summary>What became of the files since they were read.</summary>
    public FileChange Change => Volatile.Read(ref _files)?.Change ?? FileChange.None;

    /// <summary>Whether two captures of the same connections are joined; else they are refused.</summary>
    public bool JoinsTwo { get; init; }

    /// <summary>Reads to the end of the files, or until a signal.</summary>
    /// <exception cref="UserError">An input is no capture, or cannot be opened; or two are of the same connections.</exception>
    /// <param name="opened">Called once the input is known to be one.</param>
    /// <param name="stop">Ends it early.</param>
    public void Run(Action? opened = null, CancellationToken stop = default)
    {
        var captures = new TwoCaptures(_input, _language);
        // One after the other they would look like one capture in which everything happens twice.
        bool areTwo = captures.AreTwoPlaces();
        if (areTwo && JoinsTwo)
        {
            Join(captures, opened);
            return;
        }

        if (areTwo) throw new UserError(_language.Pick(
            $"{_input.Files[0]} and {_input.Files[1]} are of two places at the same time, which are not joined here; name one of them, "
            + "or use trama diagnose or trama trace, which join them",
            $"{_input.Files[0]} e {_input.Files[1]} são de dois lugares ao mesmo tempo, que não são unidas aqui; informe uma delas, "
            + "ou use trama diagnose ou trama trace, que as unem"));
        _input.Opened = opened;
        _input.Run(_tracker, () => { }, stop: stop);
        Volatile.Write(ref _files, new ReadFiles(_input.Files));
        _tracker.Complete();
        Capture.Conclude();
        _input.Keys?.Conclude(_tracker.Totals.Tls);
    }

    private void Join(TwoCaptures captures, Action? opened)
    {
        Capture.IsJudgedElsewhere = true;
        TracingOptions needs = BrowsedCapture.JoinedNeeds(
            JoinedDiagnoser.Options with { Framing = _options.Framing, Keys = _options.Keys });
        opened?.Invoke();
        (JoinedCapture joined, CaptureDiagnosis diagnosis) = captures.Join(needs, needs);
        _isTruncated = captures.IsTruncated;
        Volatile.Write(ref _files, new ReadFiles(_input.Files));
        Capture.Join(joined, joined.Connections, Capture);
        Capture.Conclude(diagnosis);
        foreach (JoinedConnection connection in joined.Connections) Capture.Keep(connection.Shown, connection);
    }

    /// <inheritdoc/>
    public void Dispose() => _again.Dispose();
}
