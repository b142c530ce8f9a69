using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Replay.Serving;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary><c>--unknown</c>: what is done about a request that was not recorded.</summary>
internal static class UnknownOption
{
    private const string Reply = "reply=", Relay = "relay=";

    /// <summary>The option.</summary>
    public static Option<UnknownPolicy?> Create(Language language) => new("--unknown")
    {
        HelpName = language.Pick("nearest|close|reply=TEXT|relay=HOST:PORT", "nearest|close|reply=TEXTO|relay=HOST:PORTA"),
        Description = language.Pick(
            "With --replay, what a request gets that was not recorded: the reply to the nearest one (default), the end, this reply, "
                + "or what another server replies",
            "Com --replay, o que recebe um pedido que não foi gravado: a resposta ao mais próximo (padrão), o fim, esta resposta, "
                + "ou o que outro servidor responde"),
        CustomParser = result => Parse(QuantityOptions.Value(result)) ?? QuantityOptions.Refuse<UnknownPolicy>(
            result, language, "nearest, close, reply=TEXT or relay=HOST:PORT", "nearest, close, reply=TEXTO ou relay=HOST:PORTA"),
    };

    private static UnknownPolicy? Parse(string text)
    {
        if (text.StartsWith(Reply, StringComparison.Ordinal)) return new UnknownPolicy.Reply(Encoding.UTF8.GetBytes(text[Reply.Length..]));
        if (text.StartsWith(Relay, StringComparison.Ordinal)) return Target.Parse(text[Relay.Length..]) is { Port: { } port } target
            ? new UnknownPolicy.Relay(target.Host, port) : null;
        return text switch { "nearest" => new UnknownPolicy.Nearest(), "close" => new UnknownPolicy.Close(), _ => null };
    }
}
