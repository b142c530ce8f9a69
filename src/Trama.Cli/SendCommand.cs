using System.CommandLine;
using Trama.Cli.Recording;
using Trama.Cli.Security;
using Trama.Cli.Sending;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli;

/// <summary><c>trama send</c>: be the client.</summary>
internal sealed class SendCommand : ExampledCommand
{
    private readonly Language _language;
    private readonly Option<string?> _unix;
    private readonly Option<bool> _udp;
    private readonly Option<ProxyServer?> _proxy;
    private readonly Argument<string?> _host;
    private readonly Argument<int> _port;
    private readonly Argument<string?> _message;
    private readonly Option<int> _count;
    private readonly Option<TimeSpan> _interval;
    private readonly Option<TimeSpan?> _timeout;
    private readonly Option<TimeSpan?> _replyGap;
    private readonly Option<bool> _keepOpen;
    private readonly Option<bool> _raw;
    private readonly Option<FramingRule?> _framing;
    private readonly Option<FaultPlan[]> _fault;
    private readonly TlsClientArguments _tls;
    private readonly ConnectArguments _connect;
    private readonly Option<bool> _stats;
    private readonly Option<string?> _record;
    private readonly Option<string?> _capture;

    public SendCommand(Language language)
        : base(
            "send",
            language.Pick(
                "Be the client: connect, send a message, print the reply and close. The reply is what comes until the server closes or falls silent.",
                "Seja o cliente: conecta, envia uma mensagem, mostra a resposta e fecha. A resposta é o que vem até o servidor fechar ou se calar."),
            ("trama send localhost 5000 'Olá, servidor!'", language.Pick("the lesson's client", "o cliente da aula")),
            ("trama send localhost 5000 --raw < request > reply", language.Pick("bytes in, bytes out", "bytes na entrada, bytes na saída")),
            ("trama send localhost 6379 ping --framing lines", language.Pick("a line, and a line for its reply", "uma linha, e uma linha de resposta")),
            ("trama send example.org 443 --tls --framing http1 < request", language.Pick("over TLS, until the HTTP reply is complete", "por TLS, até a resposta HTTP se completar")),
            ("trama send --unix /tmp/trama.sock ping", language.Pick("to a Unix socket", "a um socket Unix")),
            ("trama send localhost 5000 ping --udp", language.Pick("a datagram, and the one that answers it", "um datagrama, e o que o responde")),
            ("trama send example.org 80 --proxy socks5://localhost:1080 < request", language.Pick("through a proxy", "por um proxy")),
            ("trama send localhost 5000 ping --count 3 --interval 1s", language.Pick("three messages, a connection each", "três mensagens, uma conexão para cada")))
    {
        _language = language;
        _host = new Argument<string?>("host")
        {
            Description = language.Pick("Name or address of the server", "Nome ou endereço do servidor"),
            HelpName = "HOST",
            Arity = ArgumentArity.ZeroOrOne,
        };
        _port = QuantityOptions.Port(language);
        _port.Arity = ArgumentArity.ZeroOrOne;
        _message = new Argument<string?>("message")
        {
            Description = language.Pick(
                "What to send; - or nothing: standard input, on a terminal line by line. '' sends nothing and waits for the server to speak",
                "O que enviar; - ou nada: a entrada padrão, num terminal linha a linha. '' não envia nada e espera o servidor falar"),
            HelpName = language.Pick("MESSAGE", "MENSAGEM"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        _count = QuantityOptions.Number(language, "--count", 1, int.MaxValue, 1, language.Pick(
            "Send the message so many times (default 1)", "Envia a mensagem tantas vezes (padrão 1)"));
        _interval = QuantityOptions.Duration(language, "--interval", TimeSpan.Zero, language.Pick(
            "Wait between a reply and the next message (default 0)", "Espera entre uma resposta e a próxima mensagem (padrão 0)"));
        _timeout = QuantityOptions.OptionalDuration(language, "--timeout", TimeSpan.FromMilliseconds(1), language.Pick(
            "Longest wait to connect and for the reply (default 5s and 30s)",
            "Maior espera para conectar e pela resposta (padrão 5s e 30s)"));
        _replyGap = QuantityOptions.OptionalDuration(language, "--reply-gap", TimeSpan.Zero, language.Pick(
            "Silence that ends a reply when the server does not close; 0 = a single read, as in the lesson (default 100ms, or 3 times the time to connect)",
            "Silêncio que encerra uma resposta quando o servidor não fecha; 0 = uma só leitura, como na aula (padrão 100ms, ou 3 vezes o tempo de conectar)"));
        _keepOpen = new Option<bool>("--keep-open")
        {
            Description = language.Pick(
                "Send all messages over one connection, as long as the server keeps it open",
                "Envia todas as mensagens por uma conexão, enquanto o servidor a mantiver aberta"),
        };
        _raw = new Option<bool>("--raw")
        {
            Description = language.Pick("Write the bytes of the reply alone, as they come", "Escreve só os bytes da resposta, conforme chegam"),
        };
        _framing = FramingOption.Create(language, language.Pick(
            "default: what comes until the server closes or falls silent", "padrão: o que vem até o servidor fechar ou se calar"));
        _fault = FaultOption.Create(language, listens: false);
        foreach (Argument argument in new Argument[] { _host, _port, _message }) Arguments.Add(argument);
        foreach (Option option in new Option[] { _framing, _count, _interval, _timeout, _replyGap, _keepOpen, _raw, _fault }) Options.Add(option);
        _stats = new Option<bool>("--stats")
        {
            Description = language.Pick(
                "Print what the kernel counted of the connection: round trip, retransmissions, windows",
                "Mostra o que o kernel contou da conexão: ida e volta, retransmissões, janelas"),
        };
        Options.Add(_stats);
        _unix = UnixOption.AddTo(
            this,
            language,
            language.Pick("Connect to this Unix socket; HOST and PORT are left out", "Conecta a este socket Unix; HOST e PORTA são omitidos"),
            "-4", "-6", "--from", "--keep-alive", "--user-timeout", "--mss", "--fast-open", "--capture", "--proxy");
        _udp = new Option<bool>("--udp")
        {
            Description = language.Pick(
                "Send one datagram by UDP, all of standard input with -, and wait for one (--timeout, default 5s)",
                "Envia um datagrama por UDP, toda a entrada padrão com -, e espera um (--timeout, padrão 5s)"),
        };
        Options.Add(_udp);
        OptionConflicts.Add(
            this, language, _udp, "--unix", "--proxy", "--tls", "--framing", "--keep-open", "--reply-gap", "--fault", "--stats", "--record", "--capture", "--keep-alive", "--user-timeout", "--mss", "--fast-open");
        Validators.Add(result =>
        {
            bool isUnix = result.GetResult(_unix) is not null;
            Argument? missing = isUnix ? null : new Argument[] { _host, _port }.FirstOrDefault(argument => result.GetResult(argument) is not { Tokens.Count: > 0 });
            if (missing is not null) result.AddError(language.Pick($"{missing.HelpName} is missing", $"falta {missing.HelpName}"));
            if (isUnix && result.GetResult(_port) is { Tokens.Count: > 0 })
                result.AddError(language.Pick("--unix stands for HOST and PORT", "--unix substitui HOST e PORTA"));
        });
        _record = EventFile.Option(language);
        _capture = OwnCapture.Option(language);
        Options.Add(_record);
        Options.Add(_capture);
        _connect = new ConnectArguments(this, language);
        _proxy = ProxyOption.Create(language);
        Options.Add(_proxy);
        _tls = new TlsClientArguments(this, language);
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        string? unix = parse.GetValue(_unix);
        string host = unix is null ? parse.GetValue(_host)! : "localhost";
        var source = new MessageSource(parse.GetValue(unix is null ? _message : _host), _language);
        FramingRule? framing = parse.GetValue(_framing);
        // A stream of any length goes through as it comes; what is sent again, or is a datagram, must be held.
        bool isHeld = parse.GetValue(_udp) || parse.GetResult(_count) is { Implicit: false };
        bool edits = source.IsTerminal && !parse.GetValue(_raw) && !isHeld;
        bool streams = !edits && source.IsInput && !isHeld;
        ReadOnlyMemory<byte> message = edits || streams ? default : await source.ReadAsync(framing);
        (ReadOnlyMemory<byte> First, Stream Further) input = streams ? await source.OpenAsync() : default;
        ClientOptions standard = _connect.Read(parse, new ClientOptions
        {
            Host = host,
            Port = parse.GetValue(_port),
            UnixPath = unix,
            Proxy = parse.GetValue(_proxy),
            Framing = framing,
            Tls = _tls.Read(parse, host),
            Faults = parse.GetValue(_fault)!,
            ReplyGap = parse.GetValue(_replyGap),
        });
        ClientOptions options = parse.GetValue(_timeout) is { } timeout
            ? standard with { ConnectTimeout = timeout, ReplyTimeout = timeout }
            : standard;

        var ports = new OwnPorts();
        using OwnCapture? capture = parse.GetValue(_capture) is { } file ? OwnCapture.OfClient(file, options.Port, ports, _language) : null;
        if (capture is not null) options = options with { Connecting = ports.Add };
        using EventFile? record = EventFile.Create(parse.GetValue(_record), () => { });
        await using Stream output = StandardOutput.Open();
        var printer = new ReplyPrinter(output, parse.GetValue(_raw), _language);
        using var session = new ClientSession(options, printer, record is null ? null : new ClientRecord(record.Events), parse.GetValue(_stats), _language);
        try
        {
            if (parse.GetValue(_udp)) await new DatagramSending(options with { ReplyTimeout = parse.GetValue(_timeout) ?? options.ConnectTimeout }, _language).RunAsync(message, parse.GetValue(_count), parse.GetValue(_interval), printer);
            else if (edits) await TalkAsync(session, framing);
            else if (streams) await session.SendAllAsync(input.First, input.Further, framed: framing is not null && framing != FramingRule.Raw);
            else await RepeatAsync(session, message, parse);
        }
        catch (IOException) when (StandardOutput.IsClosed(output))
        {
            // Whoever read our output has seen enough.
        }
        catch (IOException error)
        {
            throw new StandardOutputException(error);
        }

        session.Dispose();
        capture?.End();
        record?.Check();
        return ExitCode.Done;
    }

    private static async Task TalkAsync(ClientSession session, FramingRule? framing)
    {
        await using var input = new EditedInput(framing);
        await session.TalkAsync(input);
    }

    private async Task RepeatAsync(ClientSession session, ReadOnlyMemory<byte> message, ParseResult parse)
    {
        for (int left = parse.GetValue(_count); left > 0; left--)
        {
            ReplyEnd end = await session.ExchangeAsync(message);
            if (end == ReplyEnd.Closed || !parse.GetValue(_keepOpen)) session.Dispose();
            if (left > 1) await Task.Delay(parse.GetValue(_interval));
        }
    }
}
