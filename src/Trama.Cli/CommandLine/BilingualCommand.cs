using System.CommandLine;
using Trama.Cli.CommandLine.Help;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>A command that describes its options in the chosen language, in groups, and whose help ends with examples.</summary>
internal class BilingualCommand(Language language, string name, string description, params (string Line, string Meaning)[] examples)
    : Command(name, description)
{
    private readonly List<(int First, string Title)> _groups = [];

    /// <summary>The examples, in the order in which they are shown: a command line, and what it does.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; } =
        [.. examples.Select(example => (Placeholders.Example(example.Line, language), example.Meaning))];

    /// <summary>
    /// The options in groups with a title each, in the order in which the titles were first given; it is empty for those before the first
    /// one.
    /// </summary>
    public IEnumerable<(string Title, IEnumerable<Option> Options)> Groups => Options
        .Select((option, i) => (Option: option, Title: TitleAt(i)))
        .GroupBy(pair => pair.Title, pair => pair.Option)
        .Select(group => (group.Key, group.AsEnumerable()));

    /// <summary>Begins a group: the options that are added from now on belong to it.</summary>
    public void Group(string english, string portuguese) => _groups.Add((Options.Count, language.Pick(english, portuguese)));

    /// <summary>Adds an option that takes a value.</summary>
    public Option<string> Value(string name, string value, string english, string portuguese, string? alias = null) =>
        Added(new Option<string>(name, Aliased(alias)) { HelpName = Placeholders.Value(value, language) }, english, portuguese);

    /// <summary>
    /// Adds an option that takes a whole number from <paramref name="least"/> to <paramref name="most"/>; null when it is not there.
    /// </summary>
    public Option<long?> Number(string name, string value, long least, long most, string english, string portuguese,
        string? alias = null) =>
        Added(QuantityOptions.OptionalNumber(language, name, Placeholders.Value(value, language), least, most, Aliased(alias)),
            english, portuguese);

    /// <summary>Adds an option that is there or not.</summary>
    public Option<bool> Flag(string name, string english, string portuguese, string? alias = null) =>
        Added(new Option<bool>(name, Aliased(alias)) { Arity = ArgumentArity.Zero }, english, portuguese);

    private string TitleAt(int place) => _groups.FindLast(group => group.First <= place).Title ?? "";

    private static string[] Aliased(string? alias) => alias is null ? [] : [alias];

    private T Added<T>(T option, string english, string portuguese) where T : Option
    {
        option.Description = language.Pick(english, portuguese);
        Add(option);
        return option;
    }
}
