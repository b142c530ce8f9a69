using System.CommandLine;
using System.Net;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Replaying;
using Trama.Cli.Commands.Sending;
using Trama.Cli.ThisProcess;
using Trama.Peers.Sending;
using Trama.Replay.Loading;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Loading;

/// <summary><c>trama load --replay</c>: be all the clients that were captured.</summary>
internal sealed class LoadReplay
{
    private readonly Language _language;
    private readonly LoadArguments _load;
    private readonly ReplayInput _input;
    private readonly EditOptions _edits;
    private readonly ReplayConsent _consent;

    public LoadReplay(BilingualCommand command, Language language, LoadArguments load)
    {
        (_language, _load) = (language, load);
        _input = new ReplayInput(command, language, "Be the clients in this capture, all at a time, when they came",
            "Seja os clientes desta captura, todos ao mesmo tempo, quando vieram");
        _edits = new EditOptions(command, language, _input.Option);
        _consent = new ReplayConsent(command, language, _input.Option);
        OptionConflicts.Add(command, language, _input.Option, "--message", "--framing", "--pipeline", "--threads", "--per-connection",
            "--new-connections", "--ramp", "--warmup", "--svg", "--html");
        command.Validators.Add(result =>
        {
            // By its word, since the value of one that is none is not there to be asked for.
            bool isTimes = result.GetResult(load.Rate) is { Tokens: [{ Value: var rate }] } && LoadRate.Parse(rate) is { Times: not null };
            bool isReplay = result.GetResult(_input.Option) is { Implicit: false };
            if (isTimes && !isReplay) result.AddError(language.Pick("--rate ×N needs --replay", "--rate ×N exige --replay"));
        });
    }

    /// <summary>Whether a capture is to be played.</summary>
    public bool IsAsked(ParseResult parse) => _input.IsAsked(parse);

    /// <summary>Plays its clients.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UserError">There is nothing to play, it might do harm that was not asked for, or nobody answers.</exception>
    public async Task<int> RunAsync(ParseResult parse, ClientOptions target, bool isJson)
    {
        if (_load.Times(parse) is not { } rate) throw new UserError(_language.Pick(
            "--replay: --rate expects ×N, so many clients in the place of one",
            "--replay: --rate espera ×N, tantos clientes no lugar de um"), ExitCode.Usage);
        IReadOnlyList<RecordedConnection> connections = _input.Read(parse);
        await _consent.CheckAsync(connections, target, parse);
        if (_consent.IsDryRun(parse)) return ExitCode.Done;
        FileHandleLimit.Raise();
        IPEndPoint server = await FoundAsync(target);
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        var load = new ReplayedLoad(new ReplayLoadOptions
        {
            Connections = connections,
            Rate = rate,
            Duration = _load.AskedDuration(parse),
            Most = _load.AskedConnections(parse) ?? ReplayLoadOptions.UsualMost,
            IsAhead = _load.AskedConnections(parse) is null,
            Client = new ReplayClientOptions
            {
                // Its name is looked up once.
                Target = target with { Host = server.Address.ToString() },
                Pace = _input.PaceOf(parse),
                Edits = _edits.Read(parse),
            },
        });
        await load.RunAsync(stop.Token);
        if (load.Tally.LeftOut > 0) Console.Error.WriteLine("trama: " + LeftOut(load.Tally.LeftOut, _load.AskedConnections(parse)));
        using StandardOutputPipe output = StandardOutputPipe.Open();
        if (isJson) ReplayLoadJson.Write(output, server, rate, load.Tally);
        else output.Write(Encoding.UTF8.GetBytes(new ReplayLoadReport(load.Tally, Terminal.Options(_language)).Draw()));
        return load.Tally.Answered > 0 || load.Tally[PlayedEnd.Done] > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private string LeftOut(long clients, int? asked)
    {
        int most = asked ?? ReplayLoadOptions.UsualMost;
        return _language.Pick($"the rate is not reached: {clients} clients were left out, as {most} were open (--connections)",
            $"a taxa não é atingida: {clients} clientes ficaram de fora, pois {most} estavam abertos (--connections)");
    }

    // A first connection tells which of the name's addresses answers, or what stands in the way.
    private async Task<IPEndPoint> FoundAsync(ClientOptions target)
    {
        try
        {
            using Client first = await Client.ConnectAsync(target);
            return (IPEndPoint)first.Server;
        }
        catch (ClientException error)
        {
            throw SendErrors.ToConnect(error, target, _language);
        }
    }
}
