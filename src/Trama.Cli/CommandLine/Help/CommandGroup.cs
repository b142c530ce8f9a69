using System.CommandLine;

namespace Trama.Cli.CommandLine.Help;

/// <summary>Commands that serve one purpose, as the help shows them together.</summary>
/// <param name="Title">The purpose, in the chosen language.</param>
/// <param name="Commands">The commands.</param>
internal sealed record CommandGroup(string Title, IReadOnlyList<Command> Commands);
