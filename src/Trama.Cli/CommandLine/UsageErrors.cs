using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Trama.Cli.CommandLine.Help;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>What is wrong with a command line, in one line and in the chosen language.</summary>
internal static class UsageErrors
{
    /// <summary>Throws when <paramref name="parse"/> found errors.</summary>
    /// <exception cref="UserError">With <see cref="ExitCode.Usage"/>.</exception>
    public static void ThrowIfAny(ParseResult parse, Language language)
    {
        if (parse.Errors.Count == 0) return;
        string command = string.Join(' ', Path(parse.CommandResult));
        throw new UserError($"{Describe(parse, language)} ({command} --help)", ExitCode.Usage);
    }

    private static string Describe(ParseResult parse, Language language)
    {
        if (parse.UnmatchedTokens is [string token, ..])
        {
            Command command = parse.CommandResult.Command;
            if (token.StartsWith('-')) return UnknownOption(token, command, language);
            return command.Subcommands.Count > 0
                ? language.Pick($"unknown command '{token}'", $"comando desconhecido: '{token}'")
                    + Suggestions.For(token, command.Subcommands.Select(child => child.Name), language)
                : language.Pick($"unexpected argument '{token}'", $"argumento inesperado: '{token}'") + AfterFlag(parse, token, language);
        }

        // That a command is missing says least: it also follows from other errors.
        ParseError error = parse.Errors.FirstOrDefault(candidate => candidate.SymbolResult is not CommandResult) ?? parse.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option =>
                language.Pick($"option '{Typed(option)}' needs a value", $"a opção '{Typed(option)}' precisa de um valor"),
            OptionResult option when IsParsersOwn(error) && option.IdentifierTokenCount > 1 =>
                language.Pick($"{Typed(option)} can be there only once", $"{Typed(option)} só pode aparecer uma vez"),
            OptionResult option when IsParsersOwn(error) => Wrong(option.Option, Typed(option), option.Tokens[^1].Value, language),
            ArgumentResult { Tokens.Count: 0 } argument =>
                language.Pick($"{Named(argument)} is missing", $"falta {Named(argument)}"),
            ArgumentResult argument when IsParsersOwn(error) =>
                language.Pick($"{Named(argument)} cannot be '{argument.Tokens[^1].Value}'",
                    $"{Named(argument)} não pode ser '{argument.Tokens[^1].Value}'"),
            CommandResult { Command.Subcommands.Count: > 0 } => language.Pick("which command?", "qual comando?"),
            _ => error.Message,
        };
    }

    // What follows an option that takes no value is taken for an argument.
    private static string AfterFlag(ParseResult parse, string token, Language language)
    {
        int place = parse.Tokens.Select(candidate => candidate.Value).ToList().LastIndexOf(token);
        return place > 0 && parse.Tokens[place - 1] is { Type: TokenType.Option, Value: var flag }
            ? language.Pick($"; {flag} takes no value", $"; {flag} não recebe valor")
            : "";
    }

    /// <summary>That an option cannot have this value, and which it can.</summary>
    public static string Wrong(Option option, string typed, string value, Language language)
    {
        string[] choices = [.. option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label)];
        string shape = option.HelpName ?? option.Name;
        string expected = choices.Length > 0 ? string.Join(", ", choices) : shape.Contains('|', StringComparison.Ordinal)
            ? shape : $"{shape} ({option.Description})";
        return language.Pick($"{typed}: expected {expected}, got '{value}'", $"{typed}: esperava {expected}, veio '{value}'");
    }

    /// <summary>That a command has no such option, and which was perhaps meant.</summary>
    public static string UnknownOption(string typed, Command command, Language language)
    {
        string name = typed.Split('=')[0];
        return language.Pick($"unknown option '{typed}'", $"opção desconhecida: '{typed}'")
            + Suggestions.For(name, new HelpWords(language).Options(command).SelectMany(HelpWords.Names).Where(known => known.Length > 2),
                language);
    }

    // The parser's texts name types of the language; those that a command's own checks give are made for people.
    private static bool IsParsersOwn(ParseError error) =>
        error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)
        || error.Message.StartsWith("Argument '", StringComparison.Ordinal)
        || error.Message.StartsWith("Option '", StringComparison.Ordinal);

    private static string Typed(OptionResult option) => option.IdentifierToken?.Value ?? option.Option.Name;

    private static string Named(ArgumentResult argument) => argument.Argument.HelpName ?? argument.Argument.Name.ToUpperInvariant();

    private static IEnumerable<string> Path(CommandResult command) =>
        command.Parent is CommandResult parent ? Path(parent).Append(command.Command.Name) : ["trama"];
}
