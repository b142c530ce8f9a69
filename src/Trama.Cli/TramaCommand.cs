using System.CommandLine;
using System.CommandLine.Help;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Demo;
using Trama.Cli.Commands.Diagnosing;
using Trama.Cli.Commands.Dumping;
using Trama.Cli.Commands.Following;
using Trama.Cli.Commands.Loading;
using Trama.Cli.Commands.Relaying;
using Trama.Cli.Commands.Sending;
using Trama.Cli.Commands.Serving;
using Trama.Cli.Commands.Tracing;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli;

/// <summary>The command line of <c>trama</c>: all its commands.</summary>
internal static class TramaCommand
{
    /// <summary>Runs one command line and gives the exit code.</summary>
    /// <exception cref="UserError">When it is wrong or cannot be done.</exception>
    public static Task<int> RunAsync(string[] args, Language language)
    {
        RootCommand root = Create(language);
        // '@' starts no list of arguments from a file: it may begin a message or a filter.
        ParseResult parse = root.Parse(WithGetopt(args, root, language), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (args.Length == 0)
        {
            new HelpPrinter(language).Print(root, Console.Error);
            return Task.FromResult(ExitCode.Usage);
        }

        if (parse.Action is null or not HelpPrinter) UsageErrors.ThrowIfAny(parse, language);
        return parse.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // Each command decides what Ctrl-C means; see StopSignals.
            ProcessTerminationTimeout = null,
        });
    }

    // The commands that take tcpdump's options take them in tcpdump's spelling.
    private static string[] WithGetopt(string[] args, RootCommand root, Language language)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--lang") i++;
            else if (root.Subcommands.FirstOrDefault(command => command.Name == args[i]) is { } command)
                return command is DumpCommand or TraceCommand or DiagnoseCommand ? [.. args[..(i + 1)], .. GetoptArguments.Normalize(args[(i + 1)..], command, language)] : args;
        }

        return args;
    }

    private static RootCommand Create(Language language)
    {
        var languageOption = new Option<string>("--lang")
        {
            Description = language.Pick("Language: en or pt", "Idioma: en ou pt"),
            HelpName = "en|pt",
            Recursive = true,
        };
        languageOption.AcceptOnlyFromAmong("en", "pt", "pt-BR");
        var root = new RootCommand(language.Pick(
            "Be the server, be the client, and see on the wire every message and the segments that carried it.",
            "Seja o servidor, seja o cliente, e veja na rede cada mensagem e os segmentos que a levaram."))
        {
            languageOption,
            new DemoCommand(language),
            new ServeCommand(language),
            new SendCommand(language),
            new RelayCommand(language),
            new LoadCommand(language),
            new DumpCommand(language),
            new TraceCommand(language),
            new FollowCommand(language),
            new DiagnoseCommand(language),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) help.Action = new HelpPrinter(language);
        return root;
    }
}
