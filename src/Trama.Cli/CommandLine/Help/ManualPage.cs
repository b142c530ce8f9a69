using System.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.CommandLine.Help;

/// <summary>The help of a command as a manual page, in the macros of man(7).</summary>
internal sealed class ManualPage(Language language)
{
    private readonly HelpWords _words = new(language);

    /// <summary>Writes the page.</summary>
    public void Write(Command command, TextWriter output)
    {
        bool isProgram = command.Subcommands.Count > 0;
        string name = isProgram ? command.Name : $"{command.Parents.OfType<Command>().First().Name}-{command.Name}";
        output.WriteLine($".TH {name.ToUpperInvariant()} 1 \"\" \"trama {ThisProgram.Version}\"");
        Section(output, language.Pick("NAME", "NOME"));
        output.WriteLine($"{Text(name)} \\- {Text(HelpWords.InShort(command.Description ?? ""))}");
        Section(output, language.Pick("SYNOPSIS", "SINOPSE"));
        output.WriteLine($".B {Text(_words.Usage(command))}");
        Section(output, language.Pick("DESCRIPTION", "DESCRIÇÃO"));
        output.WriteLine(Text(command.Description ?? ""));
        if (isProgram) Section(output, language.Pick("COMMANDS", "COMANDOS"));
        foreach (Command child in command.Subcommands.Where(child => !child.Hidden)) Term(output, child.Name, child.Description ?? "");
        if (command.Arguments.Count > 0) Section(output, language.Pick("ARGUMENTS", "ARGUMENTOS"));
        foreach (Argument argument in command.Arguments) Term(output, HelpWords.Named(argument), argument.Description ?? "");
        Section(output, language.Pick("OPTIONS", "OPÇÕES"));
        foreach ((string title, IEnumerable<Option> options) in _words.Groups(command))
        {
            output.WriteLine($".SS {Text(title)}");
            foreach (Option option in options) Term(output, HelpWords.Named(option), _words.Described(option));
        }

        if (command is not BilingualCommand { Examples.Count: > 0 } shown) return;
        Section(output, language.Pick("EXAMPLES", "EXEMPLOS"));
        foreach ((string line, string meaning) in shown.Examples) Term(output, line, meaning);
    }

    private static void Section(TextWriter output, string title) => output.WriteLine($".SH {title}");

    private static void Term(TextWriter output, string term, string text)
    {
        output.WriteLine($".TP\n.B {Text(term)}\n{Text(text)}");
    }

    // A backslash, a hyphen and what begins a line mean something to the formatter.
    private static string Text(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
