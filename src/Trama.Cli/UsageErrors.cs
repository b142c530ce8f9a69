using System.CommandLine;
using System.CommandLine.Parsing;
using Trama.Reports;

namespace Trama.Cli;

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
            return token.StartsWith('-')
                ? language.Pick($"unknown option '{token}'", $"opção desconhecida: '{token}'")
                : language.Pick($"unexpected argument '{token}'", $"argumento inesperado: '{token}'");
        }

        // That a command is missing says least: it also follows from other errors.
        ParseError error = parse.Errors.FirstOrDefault(candidate => candidate.SymbolResult is not CommandResult) ?? parse.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option =>
                language.Pick($"option '{Typed(option)}' needs a value", $"a opção '{Typed(option)}' precisa de um valor"),
            OptionResult option when IsParsersOwn(error) =>
                language.Pick($"option '{Typed(option)}' cannot be '{option.Tokens[^1].Value}'", $"a opção '{Typed(option)}' não pode ser '{option.Tokens[^1].Value}'"),
            ArgumentResult { Tokens.Count: 0 } argument =>
                language.Pick($"{Named(argument)} is missing", $"falta {Named(argument)}"),
            ArgumentResult argument when IsParsersOwn(error) =>
                language.Pick($"{Named(argument)} cannot be '{argument.Tokens[^1].Value}'", $"{Named(argument)} não pode ser '{argument.Tokens[^1].Value}'"),
            CommandResult { Command.Subcommands.Count: > 0 } => language.Pick("which command?", "qual comando?"),
            _ => error.Message,
        };
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
