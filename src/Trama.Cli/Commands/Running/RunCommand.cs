using System.CommandLine;
using Trama.Captures.Files;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.PeerOptions;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Namespaces;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary><c>trama run</c>: a command with all its children, and what it says to others by TCP.</summary>
internal sealed class RunCommand : BilingualCommand
{
    private const int CannotRun = 125;

    private readonly Language _language;
    private readonly Argument<string[]> _command;
    private readonly ReportOptions _report;
    private readonly Option<bool> _diagnose, _quiet, _noKeys, _isolate;
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
            "uma captura com seus segredos TLS, também para o Wireshark")))
    {
        _language = language;
        _command = new Argument<string[]>("command")
        {
            HelpName = language.Pick("COMMAND", "COMANDO"),
            Description = language.Pick("The command and its arguments; the first word that is no option begins it",
                "O comando e seus argumentos; a primeira palavra que não é opção o começa"),
            Arity = ArgumentArity.OneOrMore,
        };
        Add(_command);
        _framing = FramingOption.OfBothSides(language);
        Add(_framing);
        _noKeys = Flag("--no-keys", "Do not ask the command to write down its TLS secrets (SSLKEYLOGFILE, NODE_OPTIONS, "
            + "DOTNET_STARTUP_HOOKS)", "Não pede ao comando que anote seus segredos TLS (SSLKEYLOGFILE, NODE_OPTIONS, "
            + "DOTNET_STARTUP_HOOKS)");
        _isolate = Flag("--isolate", "Give the command a network of its own even where capturing is allowed",
            "Dá ao comando uma rede só dele mesmo onde capturar é permitido");
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
        FailOn? failOn = FailOn.Named(values.Of(_failOn), _language);
        using var held = new HeldOutput();
        string? to = values.Of(_to);
        _report.Output = () => to is not null ? new ReportFile(to) : values.Has(_quiet) ? Stream.Null : held;
        using KeyVariables? variables = values.Has(_noKeys) ? null : KeyVariables.Create();
        using KeySources keys = KeySources.Open(variables is null ? [] : [variables.Path], null, isLive: true, _language);
        using Report report = _report.Open(values, isLive: true, values.Has(_diagnose));
        using var signals = new PassedSignals();
        using ICommandRun run = Start(values, parse.GetValue(_command)!, variables?.Environment ?? new Dictionary<string, string>());
        signals.PassTo(run.Signal);
        // Each connection of the command takes one; the command itself keeps the limit that it was started with.
        FileHandleLimit.Raise();
        using PcapngWriter? file = Kept(values.Of(_pcapng), run);
        TracingOptions options = _report.Apply(report.Needs, values) with
        {
            Framing = values.Of(_framing) ?? FramingRule.Auto,
            Keys = keys.Keys,
            Owners = run.Owners,
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
        Console.Error.Write(new RunConclusion(_language).Text(diagnosis, run.Dropped, run.Paths));
        keys.Conclude(diagnosis.Totals.Tls);
        return code == 0 && failOn?.IsMet(diagnosis) == true ? ExitCode.FindingsFound : code;
    }

    // On this machine's own network where capturing is allowed, else, or when asked, in one of the command's own.
    private ICommandRun Start(OptionValues values, string[] command, IReadOnlyDictionary<string, string> environment)
    {
        if (!values.Has(_isolate) && HostRun.Start(command, environment) is { } run) return run;
        Privileges.Drop();
        try
        {
            return new OwnNetworkRun(command, environment, _language);
        }
        catch (NamespaceException error)
        {
            throw new UserError(_language.Pick(
                $"the command cannot have a network of its own here ({error.Message}); as root it needs none",
                $"o comando não pode ter uma rede só dele aqui ({error.Message}); como root não precisa"), CannotRun);
        }
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
