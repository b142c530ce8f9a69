using System.CommandLine;
using System.Net;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Peers.Listening;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary><c>--allow</c> and <c>--deny</c>: who may connect.</summary>
internal sealed class AccessArguments
{
    private readonly Option<IPNetwork[]> _allow;
    private readonly Option<IPNetwork[]> _deny;

    public AccessArguments(BilingualCommand command, Language language)
    {
        _allow = Networks(language, "--allow", language.Pick(
            "Take connections from these networks alone: 192.0.2.0/24,::1", "Aceita conexões só destas redes: 192.0.2.0/24,::1"));
        _deny = Networks(language, "--deny", language.Pick(
            "Reset connections from these networks, even when they are allowed", "Aborta conexões destas redes, mesmo que permitidas"));
        command.Options.Add(_allow);
        command.Options.Add(_deny);
    }

    /// <summary>Who may connect; null when it does not matter.</summary>
    public AccessList? Read(ParseResult parse)
    {
        IPNetwork[] allow = parse.GetValue(_allow)!, deny = parse.GetValue(_deny)!;
        return allow.Length + deny.Length > 0 ? new AccessList(allow, deny) : null;
    }

    private static Option<IPNetwork[]> Networks(Language language, string name, string description) => new(name)
    {
        Description = description,
        HelpName = language.Pick("NETWORKS", "REDES"),
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            List<IPNetwork> networks = [];
            foreach (string text in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (Addresses.ParseNetwork(text) is not { } network)
                {
                    result.AddError(language.Pick(
                        $"{name}: expected addresses or networks such as 127.0.0.1 or 192.0.2.0/24, got '{text}'",
                        $"{name}: esperava endereços ou redes como 127.0.0.1 ou 192.0.2.0/24, veio '{text}'"));
                    return [];
                }

                networks.Add(network);
            }

            return [.. networks];
        },
    };
}
