using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Trama.Reports;

namespace Trama.Cli.CommandLine.Help;

/// <summary>How help, man pages and completions name and describe the parts of a command line.</summary>
internal sealed class HelpWords(Language language)
{
    private static readonly string[] ClauseEnds = ["; ", ". ", ": ", " ("];

    /// <summary>The options of a command in their groups, each with its title; those that every command has come last.</summary>
    public IEnumerable<(string Title, IEnumerable<Option> Options)> Groups(Command command)
    {
        string general = language.Pick("General", "Geral");
        IEnumerable<Option> common = command.Parents.OfType<Command>().SelectMany(parent => parent.Options)
            .Where(option => option.Recursive);
        foreach ((string title, IEnumerable<Option> options) in ((command as BilingualCommand)?.Groups ?? [("", command.Options)])
            .Append((general, common)))
        {
            Option[] shown = [.. options.Where(option => !option.Hidden)];
            if (shown.Length > 0) yield return (title.Length == 0 ? language.Pick("Options", "Opções") : title, shown);
        }
    }

    /// <summary>All options of a command.</summary>
    public IEnumerable<Option> Options(Command command) => Groups(command).SelectMany(group => group.Options);

    /// <summary>The line that shows how a command is called.</summary>
    public string Usage(Command command)
    {
        IEnumerable<string> path = command.Parents.OfType<Command>().Select(parent => parent.Name).Append(command.Name);
        if (command.Subcommands.Count > 0) path = path.Append(language.Pick("COMMAND", "COMANDO"));
        if (Options(command).Any()) path = path.Append(language.Pick("[OPTIONS]", "[OPÇÕES]"));
        return string.Join(' ', path.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(Bracketed)));
    }

    /// <summary>The name of an argument.</summary>
    public static string Named(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    /// <summary>The names of an option and its value.</summary>
    public static string Named(Option option)
    {
        string joined = string.Join(", ", Names(option));
        return option.HelpName is null ? joined : $"{joined} {option.HelpName}";
    }

    /// <summary>
    /// The names of an option, short ones first, as people type them; the help option's question marks say nothing to anyone.
    /// </summary>
    public static IEnumerable<string> Names(Option option) => option.Aliases.Append(option.Name)
        .Where(name => !name.Contains('?', StringComparison.Ordinal) && name[0] == '-')
        .Distinct().OrderBy(name => name.Length);

    /// <summary>What an option does.</summary>
    public string Described(Option option) => option switch
    {
        HelpOption => language.Pick("Show this help; -h shows it in short", "Mostra esta ajuda; -h a mostra resumida"),
        VersionOption => language.Pick("Show the version", "Mostra a versão"),
        _ => option.Description ?? "",
    };

    /// <summary>The values that an option can have, when they are few.</summary>
    public static IEnumerable<string> Choices(Option option) =>
        option.HelpName is { } shape && shape.Contains('|', StringComparison.Ordinal) && !shape.Contains('[', StringComparison.Ordinal)
            ? shape.Split('|')
            : option.ValueType == typeof(bool) ? [] : option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label);

    /// <summary>The first clause of a text.</summary>
    public static string InShort(string text)
    {
        int end = ClauseEnds.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).Where(at => at > 0)
            .DefaultIfEmpty(text.Length).Min();
        return text[..end].TrimEnd('.');
    }

    private static string Bracketed(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 && !Named(argument).Contains('…', StringComparison.Ordinal) ? Named(argument)
            + "…" : Named(argument);
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }
}
