using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Cli.PeerOptions.Security;
using Trama.Cli.ThisProcess;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>
/// The options that say how a client connects: in what time, through whom, from where, by TLS or not, what the kernel is to do.
/// </summary>
internal sealed class ConnectArguments
{
    private readonly Option<bool> _four;
    private readonly Option<bool> _six;
    private readonly Option<IPEndPoint?> _from;
    private readonly TuningArguments _tuning;
    private readonly Option<TimeSpan?> _timeout;
    private readonly Option<ProxyServer?> _proxy;
    private readonly TlsClientArguments _tls;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="language">The language of their help.</param>
    /// <param name="impliesTls">Whether a URL asks for TLS.</param>
    public ConnectArguments(BilingualCommand command, Language language, Func<CommandResult, bool> impliesTls)
    {
        _timeout = QuantityOptions.OptionalDuration(language, "--timeout", TimeSpan.FromMilliseconds(1), language.Pick(
            "Longest wait to connect and for the reply (default 5s and 30s)",
            "Maior espera para conectar e pela resposta (padrão 5s e 30s)"));
        _four = new Option<bool>("-4") { Description = language.Pick("Connect by IPv4 alone", "Conecta só por IPv4") };
        _six = new Option<bool>("-6") { Description = language.Pick("Connect by IPv6 alone", "Conecta só por IPv6") };
        _from = new Option<IPEndPoint?>("--from")
        {
            Description = language.Pick("Connect from this address of this machine, and port",
                "Conecta a partir deste endereço desta máquina, e porta"),
            HelpName = language.Pick("ADDRESS[:PORT]", "ENDEREÇO[:PORTA]"),
            CustomParser = result => Addresses.ParseEndpoint(QuantityOptions.Value(result))
                ?? QuantityOptions.Refuse<IPEndPoint>(result, language, "an address such as 127.0.0.2, 127.0.0.2:4000 or [::1]:4000",
                    "um endereço como 127.0.0.2, 127.0.0.2:4000 ou [::1]:4000"),
        };
        _proxy = ProxyOption.Create(language);
        foreach (Option option in new Option[] { _timeout, _four, _six, _from, _proxy }) command.Options.Add(option);
        _tuning = new TuningArguments(command, language, listens: false);
        _tls = new TlsClientArguments(command, language, isImplied: impliesTls);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_four) && result.GetValue(_six)) result.AddError(
                language.Pick("-4 and -6 exclude each other", "-4 e -6 não combinam"));
        });
    }

    /// <summary>The file that the secrets of TLS are appended to; null for none.</summary>
    public string? KeyLogFile(ParseResult parse) => _tls.KeyLogFile(parse);

    /// <summary>The options of a client with what was asked for.</summary>
    /// <exception cref="UserError">A file of TLS cannot be used.</exception>
    public ClientOptions Read(ParseResult parse, ClientOptions options) => options with
    {
        ConnectTimeout = parse.GetValue(_timeout) ?? options.ConnectTimeout,
        ReplyTimeout = parse.GetValue(_timeout) ?? options.ReplyTimeout,
        Family = parse.GetValue(_four) ? AddressFamily.InterNetwork : parse.GetValue(_six) ? AddressFamily.InterNetworkV6 : null,
        From = parse.GetValue(_from),
        Proxy = parse.GetValue(_proxy),
        Tls = _tls.Read(parse, options.Host),
        Tuning = _tuning.Read(parse),
    };
}
