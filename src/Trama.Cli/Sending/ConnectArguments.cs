using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Trama.Cli.Security;
using Trama.Peers.Sending;
using Trama.Peers.Transports;
using Trama.Reports;

namespace Trama.Cli.Sending;

/// <summary>The options that say how a client connects: in what time, through whom, from where, by TLS or not, what the kernel is to do.</summary>
internal sealed class ConnectArguments
{
    private readonly Option<bool> _four;
    private readonly Option<bool> _six;
    private readonly Option<IPEndPoint?> _from;
    private readonly Option<TimeSpan?> _keepAlive;
    private readonly Option<TimeSpan?> _userTimeout;
    private readonly Option<int?> _segmentSize;
    private readonly Option<bool> _fastOpen;
    private readonly Option<TimeSpan?> _timeout;
    private readonly Option<ProxyServer?> _proxy;
    private readonly TlsClientArguments _tls;

    public ConnectArguments(Command command, Language language)
    {
        _timeout = QuantityOptions.OptionalDuration(language, "--timeout", TimeSpan.FromMilliseconds(1), language.Pick(
            "Longest wait to connect and for the reply (default 5s and 30s)",
            "Maior espera para conectar e pela resposta (padrão 5s e 30s)"));
        _four = new Option<bool>("-4") { Description = language.Pick("Connect by IPv4 alone", "Conecta só por IPv4") };
        _six = new Option<bool>("-6") { Description = language.Pick("Connect by IPv6 alone", "Conecta só por IPv6") };
        _from = new Option<IPEndPoint?>("--from")
        {
            Description = language.Pick("Connect from this address of this machine, and port", "Conecta a partir deste endereço desta máquina, e porta"),
            HelpName = language.Pick("ADDRESS[:PORT]", "ENDEREÇO[:PORTA]"),
            CustomParser = result => IPEndPoint.TryParse(QuantityOptions.Value(result), out IPEndPoint? endpoint) && QuantityOptions.Value(result).AsSpan().ContainsAny('.', ':')
                ? endpoint
                : QuantityOptions.Refuse<IPEndPoint>(result, language, "an address such as 127.0.0.2, 127.0.0.2:4000 or [::1]:4000", "um endereço como 127.0.0.2, 127.0.0.2:4000 ou [::1]:4000"),
        };
        _keepAlive = QuantityOptions.OptionalDuration(language, "--keep-alive", TimeSpan.FromSeconds(1), language.Pick(
            "Have the kernel probe a silent server this often", "Faz o kernel sondar um servidor em silêncio com esta frequência"));
        _userTimeout = QuantityOptions.OptionalDuration(language, "--user-timeout", TimeSpan.FromMilliseconds(1), language.Pick(
            "Have the kernel give up when bytes stay unacknowledged for so long", "Faz o kernel desistir quando bytes ficam sem confirmação por esse tempo"));
        _segmentSize = new Option<int?>("--mss")
        {
            Description = language.Pick("Largest segment, in bytes", "Maior segmento, em bytes"),
            HelpName = "N",
            CustomParser = result => int.TryParse(QuantityOptions.Value(result), out int size) && size is >= 88 and <= 32767
                ? size
                : QuantityOptions.Refuse<int?>(result, language, "a number from 88 to 32767", "um número de 88 a 32767"),
        };
        _fastOpen = new Option<bool>("--fast-open")
        {
            Description = language.Pick("Send the first bytes with the SYN where the server has allowed it before", "Envia os primeiros bytes com o SYN onde o servidor já o permitiu"),
        };
        _proxy = ProxyOption.Create(language);
        foreach (Option option in new Option[] { _timeout, _four, _six, _from, _proxy, _keepAlive, _userTimeout, _segmentSize, _fastOpen }) command.Options.Add(option);
        _tls = new TlsClientArguments(command, language);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_four) && result.GetValue(_six)) result.AddError(language.Pick("-4 and -6 exclude each other", "-4 e -6 não combinam"));
        });
    }

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
        Tuning = new TcpTuning
        {
            KeepAlive = parse.GetValue(_keepAlive),
            UserTimeout = parse.GetValue(_userTimeout),
            SegmentSize = parse.GetValue(_segmentSize),
            FastOpen = parse.GetValue(_fastOpen),
        },
    };
}
