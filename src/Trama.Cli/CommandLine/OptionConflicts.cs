using System.CommandLine;
using System.CommandLine.Parsing;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>Options that make no sense beside another one.</summary>
internal static class OptionConflicts
{
    /// <summary>Refuses command lines with <paramref name="option"/> and one of the <paramref name="others"/>, given by name.</summary>
    public static void Add(Command command, Language language, Option option, params string[] others) => command.Validators.Add(result =>
    {
        if (result.GetResult(option) is not { Implicit: false }) return;
        OptionResult? other = result.Children.OfType<OptionResult>()
            .FirstOrDefault(given => !given.Implicit && others.Contains(given.Option.Name));
        if (other is not null)
            result.AddError(language.Pick($"{option.Name} and {other.Option.Name} exclude each other",
                $"{option.Name} e {other.Option.Name} não combinam"));
    });
}
