using System.CommandLine;
using System.CommandLine.Parsing;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>Options that make no sense without another one.</summary>
internal static class OptionNeeds
{
    /// <summary>Refuses command lines with one of <paramref name="options"/> and without <paramref name="needed"/>.</summary>
    public static void Add(Command command, Language language, Option needed, params Option[] options) => command.Validators.Add(result =>
    {
        if (result.GetResult(needed) is { Implicit: false }) return;
        OptionResult? given = options.Select(result.GetResult).FirstOrDefault(option => option is { Implicit: false });
        if (given is not null) result.AddError(
            language.Pick($"{given.Option.Name} needs {needed.Name}", $"{given.Option.Name} exige {needed.Name}"));
    });
}
