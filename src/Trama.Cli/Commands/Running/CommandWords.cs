using System.CommandLine;

namespace Trama.Cli.Commands.Running;

/// <summary>Tells the options of <c>run</c> from the command that it runs: the first word that is no option begins the command.</summary>
internal static class CommandWords
{
    /// <summary>Puts <c>--</c> before the command, where it is not there.</summary>
    /// <param name="args">What follows <c>run</c>.</param>
    /// <param name="options">The options that may stand before the command.</param>
    public static string[] Apart(IReadOnlyList<string> args, IReadOnlyList<Option> options)
    {
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--") break;
            if (!args[i].StartsWith('-')) return [.. args.Take(i), "--", .. args.Skip(i)];
            Option? option = options.FirstOrDefault(option => option.Name == args[i] || option.Aliases.Contains(args[i]));
            if (option?.Arity.MaximumNumberOfValues > 0) i++;
        }

        return [.. args];
    }
}
