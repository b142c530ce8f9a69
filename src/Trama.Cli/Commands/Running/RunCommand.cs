using System.CommandLine;
using System.Text;
using Trama.Captures.Files;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Listing;
using Trama.Cli.Commands.Running.Intercepting;
using Trama.Cli.Commands.Running.WithoutPackets;
using Trama.Cli.Decrypting;
using Trama.Cli.PeerOptions;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Namespaces;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary><c>trama run</c>: a command with all its children, and what it says to others by TCP.</summary>
internal sealed class RunCommand : BilingualCommand
{
    /// <summary>The exit code where Trama itself could not, as of env(1).</summary>
    public const int CannotRun = 125;

    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    private readonly Language _language;
    private readonly Argument<string[]> _command;
    private readonly ReportOptions _report;
    private readonly SeeingOptions _seeing;
    private readonly Option<bool> _diagnose, _quiet, _noKeys;
    private readonly Option<string> _pcapng, _to, _failOn;
    private readonly Option<FramingRule?> _framing;

    public RunCommand(Language language) : base(
        language,
        "run",
        language.Pick("Run a command and see what it says to others, exchange by exchange, without any privilege",
            "Roda um comando e mostra o que ele diz aos outros, troca a troca, sem privilégio algum"),
        ("trama run -- curl -s https://example.org/", language.Pick("what curl asks, and how long each answer took",
            "o que o curl pede, e quanto durou cada resposta")),
        ("trama run --html page.html -- ./tests", language.Pick("all of it as a page", "tudo em uma página")),
        ("trama run --diagnose --fail-on error -- npm test", language.Pick("what went wrong; exit code of the command, or 3",
            "o que deu errado; código de saída do comando, ou 3")),
        ("trama run --pcapng talk.pcapng -- ./program", language.Pick("a capture with its TLS secrets, for Wireshark too",
            "uma captura com seus segredos TLS, também para o Wireshark")),
        ("trama run --check", language.Pick("what this machine allows", "o que esta máquina permite")))
    {
        _language = language;
        _command = new Argument<string[]>("command")
        {
            HelpName = language.Pick("COMMAND", "COMANDO"),
            Description = language.Pick("The command and its arguments; the first word that is no option begins it",
                "O comando e seus argumentos; a primeira palavra que não é opção o começa"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        Add(_command);
        _framing = FramingOption.OfBothSides(language);
        Add(_framing);
        _noKeys = Flag("--no-keys", "Do not ask the command to write down its TLS secrets (SSLKEYLOGFILE, NODE_OPTIONS, "
            + "DOTNET_STARTUP_HOOKS)", "Não pede ao comando que anote seus segredos TLS (SSLKEYLOGFILE, NODE_OPTIONS, "
            + "DOTNET_STARTUP_HOOKS)");
        _seeing = new SeeingOptions(this, language);
        OptionConflicts.Add(this, language, _noKeys, "--intercept");
        Group("Report", "Relatório");
        _report = new ReportOptions(this, language, FormCatalog.Lines) { AlwaysJudges = true };
        _diagnose = Flag(FormCatalog.Diagnosis.Option, FormCatalog.Diagnosis.English, FormCatalog.Diagnosis.Portuguese);
        _failOn = FailOn.Option(language);
        Add(_failOn);
        _pcapng = Value("--pcapng", language.Pick("FILE", "ARQUIVO"), "Keep the packets, with the TLS secrets",
            "Guarda os pacotes, com os segredos TLS");
        _to = Value("--to", language.Pick("FILE", "ARQUIVO"), "Write the report there and not to standard error",
            "Escreve o relatório ali e não na saída de erros");
        _quiet = Flag("--quiet", "Show nothing but what went wrong", "Não mostra nada além do que deu errado", "-q");
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        FailOn? failOn = _report.FailOn = FailOn.Named(values.Of(_failOn), _language);
        using var held = new HeldOutput();
        string? to = values.Of(_to);
        _report.Output = () => to is not null ? new ReportFile(to) : values.Has(_quiet) ? Stream.Null : held;
        if (_seeing.IsCheck(values)) return Check();
        bool isWatch = _seeing.IsWatch(values);
        using KeyVariables? variables = values.Has(_noKeys) || isWatch ? null : KeyVariables.Create();
        using KeySources keys = KeySources.Open(variables is null ? [] : [variables.Path], null, isLive: true, _language);
        using Report report = _report.Open(values, isLive: true, values.Has(_diagnose));
        using var signals = new PassedSignals { IsAlone = isWatch };
        string[] command = parse.GetValue(_command) ?? [];
        using Interception? interception = _seeing.Intercepts(values)
            ? new Interception(variables!.Path, variables.Folder, _language) : null;
        var environment = new Dictionary<string, string>(
            [.. variables?.Environment ?? NoVariables, .. interception?.Environment ?? NoVariables]);
        using ICommandRun? run = Start(values, command, environment, interception, out string why);
        if (run is null) return WithoutPackets(command, to is null && !values.Has(_quiet) ? held : _report.Output(), held, signals, why);
        signals.PassTo(run.Signal);
        variables?.Folder.Guard();
        // Each connection of the command takes one; the command itself keeps the limit that it was started with.
        FileHandleLimit.Raise();
        using PcapngWriter? file = Kept(values.Of(_pcapng), run);
        TracingOptions options = _report.Apply(report.Needs, values) with
        {
            Framing = values.Of(_framing) ?? FramingRule.Auto,
            Keys = keys.Keys,
            Owners = run.Owners,
            Paths = run.Paths is { } paths ? paths.Of : null,
            NameOf = run.Names.Of,
            // The conclusion counts those of every connection, whatever the report shows.
            ExchangesOf = null,
        };
        using var recording = new RunRecording(run.Packets, options, report, file, keys);
        run.Waiting = () =>
        {
            recording.Pause();
            held.Retry();
        };
        recording.Begin();
        int code = run.Wait();
        held.IsFree = true;
        CaptureDiagnosis diagnosis = recording.End();
        held.Retry();
        if (held.Lost > 0) Console.Error.WriteLine(_language.Pick(
            $"trama: {held.Lost} bytes of the report were left out while the command had the terminal; --to FILE keeps all",
            $"trama: {held.Lost} bytes do relatório ficaram de fora enquanto o comando tinha o terminal; --to ARQUIVO guarda tudo"));
        bool isAll = _report.AsksForAny(values) || values.Has(_pcapng) || values.Has(_diagnose);
        Console.Error.Write(new RunConclusion(_language).Text(diagnosis, run, isAll));
        keys.Conclude(diagnosis.Totals.Tls);
        return code == 0 && failOn?.IsMet(diagnosis) == true ? ExitCode.FindingsFound : code;
    }

    private int Check()
    {
        bool works = new RunCheck(_language).Try(out string text);
        Console.Out.Write(text);
        return works ? ExitCode.Done : CannotRun;
    }

    // Null where no packets can be seen, and nothing was asked for that needs them.
    private ICommandRun? Start(
        OptionValues values, string[] command, Dictionary<string, string> environment, Interception? interception, out string why)
    {
        why = "";
        try
        {
            return _seeing.Start(values, command, environment, interception);
        }
        catch (NamespaceException error)
        {
            if (_report.AsksForAny(values) || values.Has(_pcapng) || values.Has(_diagnose) || values.Has(_failOn))
                throw _seeing.Refused(error);
            why = error.Message;
            return null;
        }
    }

    private int WithoutPackets(string[] command, Stream lines, HeldOutput held, PassedSignals signals, string why)
    {
        var words = new SocketWords(_language);
        Console.Error.WriteLine(_language.Pick(
            $"trama: packets cannot be seen here ({why}); what the kernel counts of each connection is shown",
            $"trama: pacotes não podem ser vistos aqui ({why}); mostra-se o que o kernel conta de cada conexão"));
        try
        {
            using var run = new SocketRun(command, socket => Write(words.Line(socket)));
            signals.PassTo(run.Signal);
            int code = run.Wait();
            held.IsFree = true;
            foreach (SeenSocket socket in run.Sockets.Rest) Write(words.Line(socket));
            held.Retry();
            Console.Error.Write(words.Conclusion(run.Sockets));
            return code;
        }
        catch (SocketTableException error)
        {
            throw new UserError(SocketWatch.Refusal(error, _language).Message, CannotRun);
        }

        void Write(string line) => lines.Write(Encoding.UTF8.GetBytes(line));
    }

    private PcapngWriter? Kept(string? path, ICommandRun run)
    {
        if (path is null) return null;
        SecretFiles.Protect(path, _language);
        string origin = run.Origin is { } words ? _language.Pick(words.English, words.Portuguese) : "";
        var file = new PcapngWriter(path, $"trama {ThisProgram.Version}", origin);
        file.AddInterface(run.Interface);
        return file;
    }
}
