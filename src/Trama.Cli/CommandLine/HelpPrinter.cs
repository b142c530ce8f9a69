using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.CommandLine;

/// <summary>Prints <c>--help</c> of a command, in the chosen language, with the command's examples.</summary>
internal sealed class HelpPrinter(Language language) : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int WidestTerm = 32;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Print(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCode.Done;
    }

    /// <summary>Prints the help of <paramref name="command"/>.</summary>
    public void Print(Command command, TextWriter output)
    {
        int width = Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 120);
        foreach (string line in Paragraph.Lines(command.Description ?? "", width)) output.WriteLine(line);
        output.WriteLine();
        output.WriteLine(language.Pick("Usage:", "Uso:"));
        output.WriteLine($"  {Usage(command)}");

        var sections = new[]
        {
            (language.Pick("Commands:", "Comandos:"), command.Subcommands.Where(child => !child.Hidden)
                .Select(child => (Term: child.Name, Text: child.Description ?? ""))),
            (language.Pick("Arguments:", "Argumentos:"), command.Arguments.Where(argument => !argument.Hidden)
                .Select(argument => (Term: Named(argument), Text: argument.Description ?? ""))),
            (language.Pick("Options:", "Opções:"), Options(command)
                .Select(option => (Term: Named(option), Text: Described(option)))),
            (language.Pick("Examples:", "Exemplos:"), (command as ExampledCommand)?.Examples ?? []),
        };
        foreach ((string title, IEnumerable<(string Term, string Text)> rows) in sections) Section(output, width, title, [.. rows]);
    }

    private static void Section(TextWriter output, int width, string title, (string Term, string Text)[] rows)
    {
        if (rows.Length == 0) return;
        output.WriteLine();
        output.WriteLine(title);
        int column = Math.Min(WidestTerm, rows.Max(row => row.Term.Length)) + Indent + 2;
        foreach ((string term, string text) in rows)
        {
            string start = new string(' ', Indent) + term;
            if (start.Length + 2 > column)
            {
                output.WriteLine(start);
                start = "";
            }

            foreach (string line in Paragraph.Lines(text, width - column).DefaultIfEmpty(""))
            {
                output.WriteLine($"{start.PadRight(column)}{line}".TrimEnd());
                start = "";
            }
        }
    }

    private string Usage(Command command)
    {
        IEnumerable<string> path = command.Parents.OfType<Command>().Select(parent => parent.Name).Append(command.Name);
        if (command.Subcommands.Count > 0) path = path.Append(language.Pick("COMMAND", "COMANDO"));
        if (Options(command).Any()) path = path.Append(language.Pick("[OPTIONS]", "[OPÇÕES]"));
        return string.Join(' ', path.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(Bracketed)));
    }

    private static string Bracketed(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? Named(argument) + "…" : Named(argument);
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static IEnumerable<Option> Options(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive))
        .Where(option => !option.Hidden);

    private static string Named(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    // Short names first, as people type them; the help option's question marks say nothing to anyone.
    private static string Named(Option option)
    {
        IEnumerable<string> names = option.Aliases.Append(option.Name)
            .Where(name => !name.Contains('?', StringComparison.Ordinal) && name[0] == '-')
            .Distinct().OrderBy(name => name.Length);
        string joined = string.Join(", ", names);
        return option.HelpName is null ? joined : $"{joined} {option.HelpName}";
    }

    private string Described(Option option) => option switch
    {
        HelpOption => language.Pick("Show this help", "Mostra esta ajuda"),
        VersionOption => language.Pick("Show the version", "Mostra a versão"),
        _ => option.Description ?? "",
    };
}
