using System.CommandLine;

namespace Trama.Cli.CommandLine;

/// <summary>A command whose help ends with examples: a command line, and what it does.</summary>
internal class ExampledCommand(string name, string description, params (string Line, string Meaning)[] examples)
    : Command(name, description)
{
    /// <summary>The examples, in the order in which they are shown.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; } = examples;
}
