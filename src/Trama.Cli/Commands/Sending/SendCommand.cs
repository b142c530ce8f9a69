using System.CommandLine;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Replaying;
using Trama.Cli.Logs;
using Trama.Cli.PeerOptions;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary><c>trama send</c>: be the client.</summary>
internal sealed class SendCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly TargetArguments _target;
    private readonly ConnectArguments _connect;
    private readonly SendReplay _replay;
    private readonly Option<FramingRule?> _framing;
    private readonly Option<int> _count;
    private readonly Option<TimeSpan> _interval;
    private readonly Option<TimeSpan?> _replyGap;
    private readonly Option<FaultPlan[]> _fault;
    private readonly Option<bool> _keepOpen, _raw, _stats, _udp, _ladder, _diagnose;
    private readonly Option<string?> _record, _capture;

    public SendCommand(Language language) : base(
        language,
        "send",
        language.Pick(
            "Be the client: connect, send a message, print the reply and close. The reply is what comes until the server "
                + "closes or falls silent.",
            "Seja o cliente: conecta, envia uma mensagem, mostra a resposta e fecha. A resposta é o que vem até o servidor "
                + "fechar ou se calar."),
        ("trama send localhost 5000 'Olá, servidor!'", language.Pick("the lesson's client", "o cliente da aula")),
        ("trama send localhost:5000 < request > reply", language.Pick("bytes in, bytes out", "bytes na entrada, bytes na saída")),
        ("trama send http://localhost:8080/status", language.Pick("a GET of HTTP, and its reply", "um GET de HTTP, e sua resposta")),
        ("trama send localhost:8080 --replay file.pcap --diff", language.Pick("what captured clients said, and how replies differ",
            "o que clientes capturados disseram, e em que as respostas diferem")),
        ("trama send localhost 6379 ping --framing lines",
            language.Pick("a line, and a line for its reply", "uma linha, e uma linha de resposta")),
        ("trama send localhost 6379 --framing lines < commands",
            language.Pick("each line, and the reply to each", "cada linha, e a resposta de cada uma")),
        ("trama send https://example.org HEAD", language.Pick("over TLS, another method", "por TLS, outro método")),
        ("trama send localhost 5000 ping --ladder", language.Pick("the connection, drawn", "a conexão, desenhada")),
        ("trama send --unix /tmp/trama.sock ping", language.Pick("to a Unix socket", "a um socket Unix")),
        ("trama send localhost 5000 ping --udp", language.Pick("a datagram, and the one that answers it",
            "um datagrama, e o que o responde")),
        ("trama send example.org 80 --proxy socks5://localhost:1080 < request", language.Pick("through a proxy", "por um proxy")),
        ("trama send localhost 5000 ping --count 3 --interval 1s",
            language.Pick("three messages, a connection each", "três mensagens, uma conexão para cada")))
    {
        _language = language;
        _target = new TargetArguments(this, language);
        Group("Messages", "Mensagens");
        _framing = FramingOption.Create(language, language.Pick(
            "default: what comes until the server closes or falls silent", "padrão: o que vem até o servidor fechar ou se calar"));
        _count = QuantityOptions.Number(language, "--count", 1, int.MaxValue, 1, language.Pick(
            "Send the message so many times (default 1)", "Envia a mensagem tantas vezes (padrão 1)"));
        _interval = QuantityOptions.Duration(language, "--interval", TimeSpan.Zero, language.Pick(
            "With --count, wait between a reply and the next message (default 0)",
            "Com --count, espera entre uma resposta e a próxima mensagem (padrão 0)"));
        foreach (Option option in new Option[] { _framing, _count, _interval }) Add(option);
        _keepOpen = Flag(
            "--keep-open",
            "Send all messages over one connection, as long as the server keeps it open",
            "Envia todas as mensagens por uma conexão, enquanto o servidor a mantiver aberta");
        _replyGap = QuantityOptions.OptionalDuration(language, "--reply-gap", TimeSpan.Zero, language.Pick(
            "Silence that ends a reply when the server does not close; 0 = a single read, as in the lesson (default 100ms, or 3 times "
                + "the time to connect)",
            "Silêncio que encerra uma resposta quando o servidor não fecha; 0 = uma só leitura, como na aula (padrão 100ms, ou 3 vezes o "
                + "tempo de conectar)"));
        Add(_replyGap);
        _raw = Flag("--raw", "Write the bytes of the reply alone, as they come", "Escreve só os bytes da resposta, conforme chegam");
        _udp = Flag(
            "--udp",
            "Send one datagram by UDP, all of standard input with -, and wait for one (--timeout, default 5s)",
            "Envia um datagrama por UDP, toda a entrada padrão com -, e espera um (--timeout, padrão 5s)");
        _replay = new SendReplay(this, language);
        Group("Connection", "Conexão");
        _connect = new ConnectArguments(this, language, _target.ImpliesTls);
        Group("Misbehaviour", "Mau comportamento");
        _fault = FaultOption.Create(language, listens: false);
        Add(_fault);
        Group("Output", "Saída");
        _stats = Flag(
            "--stats",
            "Print what the kernel counted of the connection: round trip, retransmissions, windows",
            "Mostra o que o kernel contou da conexão: ida e volta, retransmissões, janelas");
        _ladder = Flag(
            "--ladder",
            "Draw each connection at the end: from its packets, or without the right to capture from what the sockets told",
            "Desenha cada conexão no fim: a partir de seus pacotes, ou, sem o direito de capturar, do que os sockets contaram");
        _diagnose = Flag("--diagnose", "Say what went wrong, and whose it is", "Diz o que deu errado, e de quem é");
        _record = EventFile.Option(language);
        _capture = OwnCapture.Option(language);
        Add(_record);
        Add(_capture);
        OptionConflicts.Add(
            this, language, _udp, ["--unix", "--proxy", "--tls", "--framing", "--keep-open", "--reply-gap", "--fault", "--stats",
                .. TuningArguments.Names]);
        foreach (Option shown in new[] { _ladder, _diagnose }) OptionConflicts.Add(this, language, shown, "--udp", "--unix", "--raw");
        Validators.Add(result =>
        {
            if (result.GetValue(_udp) && _target.HasScheme(result)) result.AddError(
                language.Pick("--udp goes with HOST and PORT, not with a URL", "--udp vai com HOST e PORTA, não com uma URL"));
        });
        Validators.Add(result =>
        {
            if (result.GetResult(_interval) is { Implicit: false } && result.GetResult(_count) is not { Implicit: false })
                result.AddError(language.Pick("--interval needs --count", "--interval precisa de --count"));
        });
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        if (_target.Mistaken(parse) is { } option)
        {
            throw new UserError(_language.Pick(
                $"unknown option '{VisibleText.Of(option)}' (trama send --help); a message that begins so comes after --",
                $"opção desconhecida: '{VisibleText.Of(option)}' (trama send --help); uma mensagem que começa assim vem depois de --"),
                    ExitCode.Usage);
        }

        ClientOptions options = ReadOptions(parse);
        if (_replay.IsAsked(parse)) return await _replay.RunAsync(parse, options);
        var source = new MessageSource(_target.Message(parse), options, _language);
        // What is sent again, or is a datagram, must be held; a stream of any length goes through as it comes.
        bool isUdp = parse.GetValue(_udp);
        bool isHeld = !source.IsInput || isUdp || parse.GetResult(_count) is { Implicit: false };
        bool isTalk = !isHeld && source.IsTerminal && !parse.GetValue(_raw);
        ReadOnlyMemory<byte> message = isHeld ? await source.ReadAsync() : default;
        (ReadOnlyMemory<byte> First, Stream Further) input = isHeld || isTalk ? default : await source.OpenAsync();

        var ports = new OwnPorts();
        string? file = parse.GetValue(_capture);
        using OwnCapture? capture = file is not null && !isUdp
            ? OwnCapture.OfClient(file, options.Port, ports, _connect.KeyLogFile(parse), _language) : null;
        using SentReport? report = Report(parse, options, ports);
        if (capture is not null || report is not null) options = options with { Connecting = ports.Add };
        using EventFile? record = EventFile.Create(parse.GetValue(_record), () => { }, _language);
        using StandardOutputPipe output = StandardOutputPipe.Open();
        // Bytes that go in come out: what is piped through is not put into words.
        bool raw = parse.GetValue(_raw) || (!isHeld && options.Framing is null && Console.IsOutputRedirected);
        var printer = new ReplyPrinter(output, raw, Console.IsOutputRedirected, _language);
        await using var session = new ClientSession(options, printer, record is null ? null : new ClientRecord(record.Events),
            report?.Sockets, parse.GetValue(_stats), _language);
        try
        {
            if (isUdp) await new DatagramSending(options with { ReplyTimeout = options.ConnectTimeout },
                record is null ? null : new DatagramRecord(record.Events), file, _language)
                .RunAsync(message, parse.GetValue(_count), parse.GetValue(_interval), printer);
            else if (isTalk) await session.TalkAsync();
            else if (isHeld) await RepeatAsync(session, message, parse);
            else await session.SendAllAsync(input.First, input.Further);
        }
        catch (ReaderGoneException)
        {
            // Whoever read our output has seen enough.
        }
        catch (UserError) when (report is not null)
        {
            await session.DisposeAsync();
            report.End();
            throw;
        }

        await session.DisposeAsync();
        report?.End();
        capture?.End();
        record?.Check();
        return ExitCode.Done;
    }

    private SentReport? Report(ParseResult parse, ClientOptions options, OwnPorts ports)
    {
        FormChoice[] forms =
        [
            .. FormCatalog.All.Where(form => form.Option == _ladder.Name && parse.GetValue(_ladder)),
            .. parse.GetValue(_diagnose) ? [FormCatalog.Diagnosis] : Array.Empty<FormChoice>(),
        ];
        return forms.Length == 0 ? null : new SentReport(
            forms, StandardOutputPipe.Open(), path => OwnCapture.OfClient(path, options.Port, ports, keyLog: null, _language),
            options.Framing ?? FramingRule.Auto, _language);
    }

    private ClientOptions ReadOptions(ParseResult parse) => _connect.Read(parse, _target.Read(parse)) with
    {
        Framing = parse.GetValue(_framing) ?? (_target.Target(parse) is { IsHttp: true } ? FramingRule.Http1 : null),
        Faults = parse.GetValue(_fault)!,
        ReplyGap = parse.GetValue(_replyGap),
    };

    private async Task RepeatAsync(ClientSession session, ReadOnlyMemory<byte> message, ParseResult parse)
    {
        for (int left = parse.GetValue(_count); left > 0; left--)
        {
            ReplyEnd end = await session.ExchangeAsync(message);
            if (end == ReplyEnd.Closed || !parse.GetValue(_keepOpen)) await session.DisposeAsync();
            if (left > 1) await Task.Delay(parse.GetValue(_interval));
        }
    }
}
