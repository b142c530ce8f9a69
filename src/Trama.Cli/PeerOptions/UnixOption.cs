using System.CommandLine;
using System.Net.Sockets;
using Trama.Cli.CommandLine;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary><c>--unix</c> of the commands that play a peer: a Unix socket instead of an address and a port.</summary>
internal static class UnixOption
{
    /// <summary>Adds the option to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="language">The language of its help and errors.</param>
    /// <param name="description">Its help.</param>
    /// <param name="ofAddresses">The names of the options that make no sense beside it.</param>
    public static Option<string?> AddTo(Command command, Language language, string description, params string[] ofAddresses)
    {
        var unix = new Option<string?>("--unix")
        {
            Description = description,
            HelpName = language.Pick("PATH", "CAMINHO"),
            CustomParser = result => IsPath(QuantityOptions.Value(result))
                ? QuantityOptions.Value(result)
                : QuantityOptions.Refuse<string>(result, language, "a path of 1 to 107 bytes", "um caminho de 1 a 107 bytes"),
        };
        command.Options.Add(unix);
        OptionConflicts.Add(command, language, unix, ofAddresses);
        return unix;
    }

    // A path that begins with a zero byte would be an abstract one; no argument has one.
    private static bool IsPath(string text)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
