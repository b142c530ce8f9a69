using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Peers.Sending;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary><c>trama send --replay</c>: be the clients that were captured.</summary>
internal sealed class SendReplay
{
    private readonly Language _language;
    private readonly ReplayInput _input;
    private readonly EditOptions _edits;
    private readonly Option<DifferenceKinds> _failOn;
    private readonly Option<bool> _diff;
    private readonly ReplayConsent _consent;

    public SendReplay(BilingualCommand command, Language language)
    {
        _language = language;
        _input = new ReplayInput(command, language, "Say what the clients in this capture said, when they did, and compare the replies",
            "Diz o que os clientes desta captura disseram, e quando disseram, e compara as respostas");
        _edits = new EditOptions(command, language, _input.Option);
        _diff = command.Flag("--diff", "With --replay, show how replies differ", "Com --replay, mostra em que as respostas diferem");
        _failOn = DifferenceKinds.Create(language);
        command.Add(_failOn);
        _consent = new ReplayConsent(command, language, _input.Option);
        OptionNeeds.Add(command, language, _input.Option, _diff, _failOn);
        OptionConflicts.Add(command, language, _input.Option, "--framing", "--count", "--interval", "--keep-open", "--reply-gap", "--raw",
            "--udp", "--fault", "--stats", "--ladder", "--diagnose", "--record", "--capture");
    }

    /// <summary>Whether a capture is to be played.</summary>
    public bool IsAsked(ParseResult parse) => _input.IsAsked(parse);

    /// <summary>Plays its clients.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UserError">There is nothing to play, or it might do harm that was not asked for.</exception>
    public async Task<int> RunAsync(ParseResult parse, ClientOptions target)
    {
        IReadOnlyList<RecordedConnection> connections = _input.Read(parse);
        await _consent.CheckAsync(connections, target, parse);
        if (_consent.IsDryRun(parse)) return ExitCode.Done;
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        using StandardOutputPipe output = StandardOutputPipe.Open();
        var report = new PlayedReport(output, parse.GetValue(_diff), parse.GetValue(_failOn), _language);
        var options = new ReplayClientOptions
        {
            Target = target,
            Pace = _input.PaceOf(parse),
            Edits = _edits.Read(parse),
            Told = report.Tell,
        };
        try
        {
            report.End(await ReplayedClient.PlayAllAsync(connections, options, stop.Token));
        }
        catch (OperationCanceledException)
        {
            report.End([]);
        }

        return report.IsFailure ? ExitCode.FindingsFound : report.IsPartial ? ExitCode.Failed : ExitCode.Done;
    }
}
