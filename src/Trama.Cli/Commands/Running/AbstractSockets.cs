using System.Collections;
using System.Text;
using Trama.Framing;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Abstract Unix sockets belong to a network, and a command with one of its own does not reach this machine's. That a program tries is
/// not seen: known is which of them its arguments and its environment name.
/// </summary>
internal static class AbstractSockets
{
    // As systemd, D-Bus and socat write them.
    private static readonly string[] Marks = ["@", "abstract=", "ABSTRACT-CONNECT:", "ABSTRACT:"];

    /// <summary>The line of those that are named; empty when there is none.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="language">Of the line.</param>
    public static string Text(IReadOnlyList<string> command, Language language)
    {
        string[] words = [.. command, .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(one => $"{one.Value}")];
        string[] named = [.. UnixFile.AbstractNames().Distinct().Where(name => words.Any(word => Names(word, name)))];
        if (named.Length == 0) return "";
        return new StringBuilder("trama: ")
            .Append(language.Pick("not reachable from within, since abstract Unix sockets belong to this machine's network: ",
                "inacessível de dentro, pois sockets Unix abstratos pertencem à rede desta máquina: "))
            .AppendJoin(", ", named.Select(name => "@" + VisibleText.Of(name))).Append('\n').ToString();
    }

    /// <summary>Whether a word names a socket.</summary>
    private static bool Names(string word, string name) => Marks.Any(mark =>
        word.IndexOf(mark + name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        && (at + mark.Length + name.Length is var end && (end == word.Length || !IsOfName(word[end]))));

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/';
}
