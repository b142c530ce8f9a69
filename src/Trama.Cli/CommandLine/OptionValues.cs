using System.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>The values of a command line's options, which were checked as it was read.</summary>
internal readonly struct OptionValues(ParseResult parse, Language language)
{
    /// <summary>Whether the option is there.</summary>
    public bool Has(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>How often the option is there.</summary>
    public int Count(Option option) => parse.GetResult(option) is { Implicit: false } result ? result.IdentifierTokenCount : 0;

    /// <summary>The value; when the option is not there, its default, null if it has none.</summary>
    public T? Of<T>(Option<T> option) => parse.GetValue(option);

    /// <summary>To throw when the option cannot have this value; its help names those that it can have.</summary>
    public UserError Wrong(Option<string> option)
    {
        string told = UsageErrors.Wrong(option, option.Name, parse.GetValue(option) ?? "", language);
        return Wrong(told, told);
    }

    /// <summary>To throw when options do not go together.</summary>
    public UserError Wrong(string english, string portuguese) =>
        new($"{language.Pick(english, portuguese)} (trama {parse.CommandResult.Command.Name} --help)", ExitCode.Usage);
}
