using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary>Recorded requests are said again only where that does no harm that nobody asked for.</summary>
internal sealed class ReplayConsent
{
    private readonly Language _language;
    private readonly Option<bool> _writes, _credentials, _dryRun;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="replay">The option that they need.</param>
    public ReplayConsent(BilingualCommand command, Language language, Option replay)
    {
        _language = language;
        _writes = command.Flag("--writes", "With --replay, beyond this machine: say again what may change something, too",
            "Com --replay, além desta máquina: repete também o que pode mudar algo");
        _credentials = command.Flag("--credentials", "With --replay, beyond this machine: give recorded passwords, tokens and cookies, too",
            "Com --replay, além desta máquina: entrega também senhas, tokens e cookies gravados");
        _dryRun = command.Flag("--dry-run", "With --replay, say what would be done, and end",
            "Com --replay, diz o que seria feito, e termina");
        OptionNeeds.Add(command, language, replay, _writes, _credentials, _dryRun);
    }

    /// <summary>Whether only what would be done is to be said.</summary>
    public bool IsDryRun(ParseResult parse) => parse.GetValue(_dryRun);

    /// <summary>Says what is about to be done.</summary>
    /// <exception cref="UserError">It might do harm that was not asked for.</exception>
    public async Task CheckAsync(IReadOnlyList<RecordedConnection> connections, ClientOptions target, ParseResult parse)
    {
        RecordedMessage[] requests = [.. connections.SelectMany(RequestRisk.Requests)];
        RecordedMessage[] writing = [.. requests.Where(RequestRisk.Writes)];
        string place = target.UnixPath ?? $"{target.Host}:{target.Port}";
        Say(_language.Pick($"to {place}: {requests.Length} requests, of which {writing.Length} may change something{Named(writing)}",
            $"a {place}: {requests.Length} pedidos, dos quais {writing.Length} podem mudar algo{Named(writing)}"));
        IPAddress[] addresses = target.UnixPath is null ? await AddressesAsync(target.Host) : [IPAddress.Loopback];
        if (addresses.Any(address => $"{new IPEndPoint(address, target.Port)}" == connections[0].Server.ToString()))
            Say(_language.Pick("that is the server that was captured", "esse é o servidor que foi capturado"));
        // A name that is not found now may be found in a moment, and a proxy finds it elsewhere.
        bool isHere = target.Proxy is null && addresses.Length > 0 && addresses.All(IPAddress.IsLoopback);
        if (IsDryRun(parse) || isHere) return;
        if (writing.Length > 0 && !parse.GetValue(_writes)) throw new UserError(_language.Pick(
            $"{writing.Length} of the requests may change something on {place}; --writes says them nevertheless",
            $"{writing.Length} dos pedidos podem mudar algo em {place}; --writes os repete mesmo assim"));
        if (requests.Any(RequestCredentials.Has) && !parse.GetValue(_credentials)) throw new UserError(_language.Pick(
            $"the requests hold passwords, tokens or cookies; --credentials gives them to {place}",
            $"os pedidos contêm senhas, tokens ou cookies; --credentials os entrega a {place}"));
    }

    private static async Task<IPAddress[]> AddressesAsync(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out IPAddress? address) ? [address] : await Dns.GetHostAddressesAsync(host);
        }
        catch (SocketException)
        {
            // Told when it is connected to.
            return [];
        }
    }

    private static string Named(RecordedMessage[] writing)
    {
        const int most = 3;
        string[] names = [.. writing.Select(request => VisibleText.Of(request.Operation.Span)).Where(name => name.Length > 0).Distinct()];
        return names.Length == 0 ? "" : $" ({string.Join("; ", names.Take(most))}{(names.Length > most ? "; …" : "")})";
    }

    private static void Say(string line) => Console.Error.WriteLine($"trama: {line}");
}
