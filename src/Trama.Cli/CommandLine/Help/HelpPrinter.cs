using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.CommandLine.Help;

/// <summary>Prints the help of a command, in the chosen language: for <c>-h</c> in short, for <c>--help</c> all of it.</summary>
/// <param name="language">The language.</param>
/// <param name="commands">The commands of the program in groups.</param>
/// <param name="examples">Command lines that show what the program can do, and what each does.</param>
internal sealed class HelpPrinter(Language language, IReadOnlyList<CommandGroup> commands,
    IReadOnlyList<(string Line, string Meaning)> examples) : SynchronousCommandLineAction
{
    private const int Indent = 2;
    private const int WidestTerm = 32;
    private const int Narrowest = 40;

    private readonly HelpWords _words = new(language);

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        bool isShort = parseResult.CommandResult.Children.OfType<OptionResult>()
            .Any(option => option.Option is HelpOption && option.IdentifierToken?.Value is "-h" or "-?");
        Print(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output, isShort);
        return ExitCode.Done;
    }

    /// <summary>Prints the help of <paramref name="command"/>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="output">Where to.</param>
    /// <param name="isShort">Whether each option has one line, and examples are left out.</param>
    public void Print(Command command, TextWriter output, bool isShort = false)
    {
        int width = Math.Max(Narrowest, Terminal.Width);
        foreach (string line in Paragraph.Lines(command.Description ?? "", width)) output.WriteLine(line);
        Title(output, language.Pick("Usage", "Uso"));
        output.WriteLine($"  {_words.Usage(command)}");
        if (command.Subcommands.Count > 0)
            foreach (CommandGroup group in commands)
                Section(output, width, isShort, group.Title, [.. group.Commands.Select(child => (child.Name, child.Description ?? ""))]);
        Section(output, width, isShort, language.Pick("Arguments", "Argumentos"), [.. command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => (HelpWords.Named(argument), argument.Description ?? ""))]);
        foreach ((string title, IEnumerable<Option> options) in _words.Groups(command))
            Section(output, width, isShort, title, [.. options.Select(option => (HelpWords.Named(option), _words.Described(option)))]);
        if (!isShort) Section(output, width, isShort, language.Pick("Examples", "Exemplos"),
            [.. (command as BilingualCommand)?.Examples
            ?? [.. examples.Select(example => (Placeholders.Example(example.Line, language), example.Meaning))]]);
        if (!isShort) return;
        output.WriteLine();
        output.WriteLine(language.Pick("--help says more, with examples.", "--help diz mais, com exemplos."));
    }

    private static void Title(TextWriter output, string title)
    {
        output.WriteLine();
        output.WriteLine(Terminal.Colour ? Ansi.Styled(title + ":", TextStyle.Bold) : title + ":");
    }

    private static void Section(TextWriter output, int width, bool isShort, string title, (string Term, string Text)[] rows)
    {
        if (rows.Length == 0) return;
        Title(output, title);
        int column = Math.Min(Math.Min(WidestTerm, width / 2), rows.Max(row => TextWidth.Of(row.Term))) + Indent + 2;
        foreach ((string term, string text) in rows)
        {
            string start = Terminal.Colour ? Ansi.Styled(term, TextStyle.Client) : term;
            int taken = Indent + TextWidth.Of(term);
            output.Write(new string(' ', Indent) + start);
            if (taken + 2 > column)
            {
                output.WriteLine();
                taken = 0;
            }

            IEnumerable<string> lines = isShort ? [TextWidth.Fit(HelpWords.InShort(text), width - column)]
                : Paragraph.Lines(text, width - column);
            foreach (string line in lines.DefaultIfEmpty(""))
            {
                output.WriteLine(new string(' ', line.Length == 0 ? 0 : column - taken) + line);
                taken = 0;
            }
        }
    }
}
