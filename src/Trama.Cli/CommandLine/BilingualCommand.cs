using System.CommandLine;
using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>A command that describes its options in the chosen language.</summary>
internal class BilingualCommand(Language language, string name, string description, params (string Line, string Meaning)[] examples)
    : ExampledCommand(name, description, examples)
{
    /// <summary>Adds an option that takes a value.</summary>
    public Option<string> Value(string name, string value, string english, string portuguese)
    {
        var option = new Option<string>(name) { HelpName = value, Description = language.Pick(english, portuguese) };
        Add(option);
        return option;
    }

    /// <summary>Adds an option that is there or not.</summary>
    public Option<bool> Flag(string name, string english, string portuguese)
    {
        var option = new Option<bool>(name) { Description = language.Pick(english, portuguese), Arity = ArgumentArity.Zero };
        Add(option);
        return option;
    }
}
