using System.CommandLine;
using System.CommandLine.Parsing;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Running.Intercepting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Namespaces;
using Trama.Reports;
using Trama.Run;

namespace Trama.Cli.Commands.Running;

/// <summary>The options that say what <c>run</c> looks at, and how it gets to see it.</summary>
internal sealed class SeeingOptions
{
    private readonly Language _language;
    private readonly Option<bool> _isolate, _check, _intercept;
    private readonly Option<string> _publish, _container;
    private readonly Option<long?> _process;

    /// <summary>Adds the options to a command.</summary>
    public SeeingOptions(BilingualCommand command, Language language)
    {
        _language = language;
        command.Group("Seeing", "Como ver");
        _isolate = command.Flag("--isolate", "Give the command a network of its own even where capturing is allowed",
            "Dá ao comando uma rede só dele mesmo onde capturar é permitido");
        _publish = command.Value("--publish", language.Pick("PLACES", "LUGARES"),
            "With --isolate: open ports of the command's elsewhere on this machine, 8080:80 or 0.0.0.0:8080:80, several with commas",
            "Com --isolate: abre portas do comando em outro lugar desta máquina, 8080:80 ou 0.0.0.0:8080:80, várias com vírgulas");
        _intercept = command.Flag("--intercept",
            "With a network of the command's own: stand between it and its TLS servers by certificates of an authority made for this run, "
                + "for programs that write no secrets (Go, Java)",
            "Com uma rede só do comando: fica entre ele e seus servidores TLS com certificados de uma autoridade feita para esta execução, "
                + "para programas que não anotam segredos (Go, Java)");
        _process = command.Number("--pid", "PID", 1, int.MaxValue, "Look at a process that runs already, and at its children",
            "Olha um processo que já está rodando, e os filhos dele");
        _container = command.Value("--container", "ID", "Look at the processes of a container", "Olha os processos de um contêiner");
        _check = command.Flag("--check", "Tell what this machine allows, and run nothing",
            "Diz o que esta máquina permite, sem rodar nada");
        OptionConflicts.Add(command, language, _process, _container.Name, _isolate.Name, _publish.Name, _intercept.Name);
        OptionConflicts.Add(command, language, _container, _isolate.Name, _publish.Name, _intercept.Name);
        command.Validators.Add(result =>
        {
            bool hasCommand = result.Children.OfType<ArgumentResult>().Any(argument => argument.Tokens.Count > 0);
            bool needsNone = new Option[] { _process, _container, _check }.Any(option => result.GetResult(option) is { Implicit: false });
            if (hasCommand == needsNone) result.AddError(hasCommand
                ? language.Pick("--pid, --container and --check run no command", "--pid, --container e --check não rodam comando algum")
                : language.Pick("a command to run is missing", "falta o comando a rodar"));
        });
    }

    /// <summary>Whether only what this machine allows is asked.</summary>
    public bool IsCheck(OptionValues values) => values.Has(_check);

    /// <summary>Whether TLS is to be read by standing in between.</summary>
    public bool Intercepts(OptionValues values) => values.Has(_intercept);

    /// <summary>Whether what is looked at runs already.</summary>
    public bool IsWatch(OptionValues values) => values.Has(_process) || values.Has(_container);

    /// <summary>
    /// Begins: on this machine's own network where capturing is allowed, else, or when asked, in one of the command's own.
    /// </summary>
    /// <exception cref="UserError">What was asked for is not allowed here, or is not there.</exception>
    /// <exception cref="NamespaceException">Neither is allowed; the command was not run.</exception>
    public ICommandRun Start(OptionValues values, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment,
        Interception? interception)
    {
        if (IsWatch(values)) return Watch(values);
        bool isIsolated = values.Has(_isolate) || values.Has(_publish) || interception is not null;
        IReadOnlyList<PublishedPlace> places = Places(values);
        if (!isIsolated && HostRun.Start(command, environment) is { } run) return run;
        Privileges.Drop();
        try
        {
            return new OwnNetworkRun(command, environment, places, interception is null ? null : interception.Take, _language);
        }
        catch (NamespaceException error) when (isIsolated)
        {
            throw Refused(error);
        }
    }

    /// <summary>What to say when the command would need a network of its own, and cannot have one.</summary>
    public UserError Refused(NamespaceException error) => new(_language.Pick(
        $"the command cannot have a network of its own here ({error.Message}); trama run --check tells what would allow it",
        $"o comando não pode ter uma rede só dele aqui ({error.Message}); trama run --check diz o que permitiria"), RunCommand.CannotRun);

    private List<PublishedPlace> Places(OptionValues values)
    {
        var places = new List<PublishedPlace>();
        foreach (string text in (values.Of(_publish) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            places.Add(PublishedPlace.TryParse(text, out PublishedPlace place) ? place : throw values.Wrong(_publish));
        return places;
    }

    private WatchedRun Watch(OptionValues values)
    {
        string what = VisibleText.Of(values.Of(_container) ?? $"{values.Of(_process)}");
        WatchedProcesses processes = (values.Of(_container) is { } container ? WatchedProcesses.OfContainer(container)
            : WatchedProcesses.Of((int)values.Of(_process)!)) ?? throw new UserError(values.Has(_container)
                ? _language.Pick($"no container that is seen begins with '{what}', or several do",
                    $"nenhum contêiner visto começa com '{what}', ou vários começam")
                : _language.Pick($"there is no process {what}", $"não há processo {what}"), RunCommand.CannotRun);
        try
        {
            WatchedRun run = WatchedRun.Start(processes) ?? throw new UserError(_language.Pick(
                "this system does not tell whose a connection is", "este sistema não diz de quem é uma conexão"), RunCommand.CannotRun);
            Console.Error.WriteLine(_language.Pick($"trama: looking at {what}; Ctrl-C ends that",
                $"trama: olhando {what}; Ctrl-C termina"));
            return run;
        }
        catch (NamespaceException error)
        {
            throw new UserError(_language.Pick($"the network of process {processes.First} may not be entered ({error.Message}): use sudo",
                $"não é permitido entrar na rede do processo {processes.First} ({error.Message}): use sudo"), RunCommand.CannotRun);
        }
        catch (CaptureException error)
        {
            throw new UserError(CaptureErrors.Describe(error, _language).Message, RunCommand.CannotRun);
        }
    }
}
