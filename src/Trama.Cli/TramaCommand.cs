using System.CommandLine;
using System.CommandLine.Help;
using Trama.Cli.CommandLine;
using Trama.Cli.CommandLine.Help;
using Trama.Cli.Commands.Again;
using Trama.Cli.Commands.Browsing;
using Trama.Cli.Commands.Completing;
using Trama.Cli.Commands.Demo;
using Trama.Cli.Commands.Diagnosing;
using Trama.Cli.Commands.Dumping;
using Trama.Cli.Commands.Following;
using Trama.Cli.Commands.Helping;
using Trama.Cli.Commands.Listing;
using Trama.Cli.Commands.Loading;
using Trama.Cli.Commands.Querying;
using Trama.Cli.Commands.Recalling;
using Trama.Cli.Commands.Relaying;
using Trama.Cli.Commands.Running;
using Trama.Cli.Commands.Scrubbing;
using Trama.Cli.Commands.Sending;
using Trama.Cli.Commands.Serving;
using Trama.Cli.Commands.Tracing;
using Trama.Cli.Commands.Viewing;
using Trama.Cli.Commands.Watching;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli;

/// <summary>The command line of <c>trama</c>: all its commands.</summary>
internal sealed class TramaCommand
{
    private readonly Language _language;
    private readonly RootCommand _root;
    private readonly Option<string> _color, _lang, _user;
    private readonly Option<bool> _noProgress;
    private readonly HelpPrinter _help;

    /// <summary>Makes the commands.</summary>
    public TramaCommand(Language language)
    {
        _language = language;
        _lang = new Option<string>("--lang")
        {
            Description = language.Pick("Language: en or pt", "Idioma: en ou pt"),
            HelpName = "en|pt",
            Recursive = true
        };
        _lang.AcceptOnlyFromAmong("en", "pt", "pt-BR");
        _color = new Option<string>("--color")
        {
            Description = language.Pick("Colour: auto, on a terminal unless NO_COLOR is set; always; never",
                "Cores: auto, em um terminal, salvo se há NO_COLOR; always, sempre; never, nunca"),
            HelpName = "auto|always|never",
            Recursive = true,
        };
        _color.AcceptOnlyFromAmong("auto", "always", "never");
        _user = new Option<string>("-Z", "--relinquish-privileges")
        {
            Description = language.Pick(
                "As root, become USER once what needs root is done (with sudo: who called it); -Z root stays root",
                "Como root, passa a ser USUÁRIO depois de feito o que exige root (com sudo: quem o chamou); -Z root continua como root"),
            HelpName = language.Pick("USER", "USUÁRIO"),
            Recursive = true,
        };
        _noProgress = new Option<bool>("--no-progress")
        {
            Description = language.Pick("No line on the terminal that says how far a long reading or a load has come",
                "Sem a linha no terminal que diz até onde chegou uma leitura longa ou uma carga"),
            Arity = ArgumentArity.Zero,
            Recursive = true,
        };
        CommandGroup[] groups =
        [
            new(language.Pick("Be", "Ser"), [new ServeCommand(language), new SendCommand(language), new RelayCommand(language),
                new LoadCommand(language)]),
            new(language.Pick("See", "Ver"), [new DumpCommand(language), new TraceCommand(language), new FollowCommand(language),
                new RunCommand(language), new PsCommand(language), new WebCommand(language), new ViewCommand(language)]),
            new(language.Pick("Judge", "Julgar"), [new DiagnoseCommand(language), new AgainCommand(language), new DemoCommand(language)]),
            new(language.Pick("Keep", "Guardar"), [new ScrubCommand(language), new SqlCommand(language), new WatchCommand(language),
                new HistoryCommand(language), new ExplainCommand(language)]),
            new(language.Pick("Learn", "Aprender"), [new HelpCommand(language, () => _help!), new CompletionsCommand(language)]),
        ];
        _help = new HelpPrinter(language, groups,
        [
            ("trama demo", language.Pick("a server, a client and a capture, explained",
                "um servidor, um cliente e uma captura, explicados")),
            ("trama serve --keep-open --echo", language.Pick("a server on port 5000", "um servidor na porta 5000")),
            ("trama send localhost 5000 'Olá!'", language.Pick("a client of it", "um cliente dele")),
            ("sudo trama trace -i lo port 5000", language.Pick("what the two say, as it happens",
                "o que os dois dizem, enquanto acontece")),
            ("trama file.pcap", language.Pick("the exchanges of a capture, as trama trace shows them",
                "as trocas de uma captura, como o trama trace as mostra")),
            ("trama diagnose file.pcap", language.Pick("what went wrong, and whose it is", "o que deu errado, e de quem é")),
        ]);
        _root = new RootCommand(language.Pick(
            "Be the server, be the client, and see on the wire every message and the segments that carried it.",
            "Seja o servidor, seja o cliente, e veja na rede cada mensagem e os segmentos que a levaram."))
        {
            _lang,
            _color,
            _noProgress,
            _user,
        };
        foreach (Command command in groups.SelectMany(group => group.Commands)) _root.Add(command);
        foreach (HelpOption help in _root.Options.OfType<HelpOption>()) help.Action = _help;
        foreach (VersionOption version in _root.Options.OfType<VersionOption>()) version.Aliases.Add("-V");
    }

    /// <summary>Runs one command line and gives the exit code.</summary>
    /// <exception cref="UserError">When it is wrong or cannot be done.</exception>
    public Task<int> RunAsync(string[] args)
    {
        // '@' starts no list of arguments from a file: it may begin a message or a filter.
        ParseResult parse = _root.Parse(Meant(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (args.Length == 0)
        {
            _help.Print(_root, Console.Error);
            return Task.FromResult(ExitCode.Usage);
        }

        if (parse.Action is null or not HelpPrinter) UsageErrors.ThrowIfAny(parse, _language);
        Terminal.ChooseColour(parse.GetValue(_color));
        StatusLine.IsRefused = parse.GetValue(_noProgress);
        Privileges.Begin(parse.GetValue(_user), _language);
        return parse.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // Each command decides what Ctrl-C means; see StopSignals.
            ProcessTerminationTimeout = null,
        });
    }

    // What was meant by the first word: a command, or a file to trace. The commands that take tcpdump's options take them in tcpdump's
    // spelling.
    private string[] Meant(string[] args)
    {
        int first = 0;
        while (first < args.Length && args[first].StartsWith('-') && args[first] != "-") first += new[]
            { _lang, _color, _user }.Any(option => option.Name == args[first] || option.Aliases.Contains(args[first])) ? 2 : 1;
        if (first >= args.Length) return args;
        Command? command = _root.Subcommands.FirstOrDefault(command => command.Name == args[first]);
        if (command is null && File.Exists(args[first])) return Meant([.. args[..first], "trace", .. args[first..]]);
        if (command is RunCommand)
            return [.. args[..(first + 1)], .. CommandWords.Apart(args[(first + 1)..], [.. command.Options, .. _root.Options])];
        if (command is WatchCommand) args = [.. args[..(first + 1)], .. WatchCommand.Paired(args[(first + 1)..])];
        return command is DumpCommand or TraceCommand or DiagnoseCommand or ViewCommand or WatchCommand
            ? [.. args[..(first + 1)], .. GetoptArguments.Normalize(args[(first + 1)..], command, _language)]
            : args;
    }
}
