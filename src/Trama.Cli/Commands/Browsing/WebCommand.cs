using System.CommandLine;
using System.Net;
using Trama.Captures;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Querying;
using Trama.Cli.PeerOptions;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Browsing;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Browsing.Answers;
using Trama.Rows.Sql;
using Trama.Tracing;
using Trama.Web;

namespace Trama.Cli.Commands.Browsing;

/// <summary><c>trama web</c>: the page of a capture, served to a browser.</summary>
internal sealed class WebCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly InputOptions _input;
    private readonly Option<int> _port;
    private readonly Option<IPAddress?> _bind;
    private readonly Option<bool> _noOpen;
    private readonly PageTlsOptions _tls;
    private readonly Option<string> _static, _hub;
    private readonly Option<TimeSpan> _last;

    public WebCommand(Language language) : base(
        language,
        "web",
        language.Pick("A page to look at a capture: verdict, services, connections, ladders; live too",
            "Uma página para olhar uma captura: veredito, serviços, conexões, escadas; ao vivo também"),
        ("trama web file.pcap", language.Pick("opens the browser", "abre o navegador")),
        ("trama web -i lo port 5000", language.Pick("as it happens", "enquanto acontece")),
        ("trama web file.pcap --no-open --port 8080", language.Pick("prints the address, with what opens it",
            "mostra o endereço, com o que o abre")),
        ("trama web --hub /var/lib/trama-hub", language.Pick("who talks to whom, of all hosts whose sensors a hub hears",
            "quem fala com quem, de todos os hosts cujos sensores um hub ouve")))
    {
        _language = language;
        Group("Page", "Página");
        _port = QuantityOptions.Number(language, "--port", 0, 65535, 0, language.Pick(
            "Port to serve the page at; 0 = any free one (default 0)", "Porta em que serve a página; 0 = qualquer uma livre (padrão 0)"));
        _bind = new Option<IPAddress?>("--bind")
        {
            Description = language.Pick(
                "Serve at this address, which others may reach (default: 127.0.0.1, this machine alone)",
                "Serve neste endereço, que outros podem alcançar (padrão: 127.0.0.1, só esta máquina)"),
            HelpName = language.Pick("ADDRESS", "ENDEREÇO"),
            CustomParser = result => Addresses.TryParseAddress(QuantityOptions.Value(result), out IPAddress? address)
                ? address
                : QuantityOptions.Refuse<IPAddress>(result, language, "an IP address such as 127.0.0.1 or ::1",
                    "um endereço IP como 127.0.0.1 ou ::1"),
        };
        Add(_port);
        Add(_bind);
        _noOpen = Flag("--no-open", "Print the address and open no browser", "Mostra o endereço e não abre o navegador");
        _tls = new PageTlsOptions(this, language);
        _static = Value("--static", language.Pick("FOLDER", "PASTA"),
            "Write the page that reads captures in the browser alone into this folder, for any static host, and end",
            "Escreve nesta pasta a página que lê capturas só no navegador, para qualquer servidor estático, e encerra");
        Group("Input", "Entrada");
        _input = new InputOptions(this, language);
        _hub = Value("--hub", language.Pick("FOLDER", "PASTA"),
            "The store of a hub: who talks to whom, and connections joined from both ends",
            "O armazém de um hub: quem fala com quem, e conexões unidas das duas pontas");
        _last = QuantityOptions.Duration(language, "--last", TimeSpan.FromDays(1), language.Pick(
            "Of how long a hub's store is shown (default 24h)", "De quanto tempo se mostra o armazém de um hub (padrão 24h)"),
            TimeSpan.FromMinutes(1));
        Add(_last);
        OptionNeeds.Add(this, language, _hub, _last);
        OptionConflicts.Add(this, language, _hub, "-i", "-r", "--store", "--during", "--framing", "--keys", "--static");
        SetAction((parse, _) => RunAsync(parse));
    }

    private async Task<int> RunAsync(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        if (values.Of(_static) is { } folder)
        {
            StaticPage.Write(folder, _language);
            return ExitCode.Done;
        }

        if (values.Of(_hub) is { } hub) return await RunHubAsync(hub, parse, values);
        TraceInput input = _input.Input(parse, values);
        bool isLive = input.Files.Count == 0;
        using var browsed = new BrowsedInput(input, new TracingOptions { Framing = _input.Framing(values) }, _language) { JoinsTwo = true };
        var source = new BrowsedSource(browsed.Capture, isLive ? [input.Device ?? ""] : input.Files, isLive)
        {
            Filter = input.Filter,
            Framing = _input.Framing(values) is var rule && rule != FramingRule.Auto ? rule.Name : "",
            Keys = [.. input.Keys?.Paths ?? []],
            Progress = () => browsed.Progress,
            IsTruncated = () => browsed.IsTruncated,
            Change = () => browsed.Change,
        };
        await using var server = new PageServer(source, OptionsOf(parse, values));
        // A page of nothing helps nobody: what cannot be opened is told before one is served.
        Serve(server, parse, values, browsed.Run);
        return browsed.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<int> RunHubAsync(string store, ParseResult parse, OptionValues values)
    {
        if (_input.HasInputs(parse)) throw values.Wrong("--hub shows a store, and no capture beside it",
            "--hub mostra um armazém, e nenhuma captura ao lado");
        var hub = new BrowsedHub(store, parse.GetValue(_last));
        await using var server = new PageServer(new HubAnswers(hub), OptionsOf(parse, values));
        try
        {
            hub.Open();
        }
        catch (StoreException error)
        {
            throw StoreErrors.Describe(error, _language);
        }
        catch (SqlException error)
        {
            throw SqlErrors.Describe(error, _language);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(store, error);
        }

        Serve(server, parse, values, (serve, stop) =>
        {
            serve();
            hub.Follow(stop);
        });
        return ExitCode.Done;
    }

    private PageOptions OptionsOf(ParseResult parse, OptionValues values) => new(At(parse)) { Certificates = _tls.Read(values) };

    private IPEndPoint At(ParseResult parse) => new(parse.GetValue(_bind) ?? IPAddress.Loopback, parse.GetValue(_port));

    // Until a signal.
    private void Serve(PageServer server, ParseResult parse, OptionValues values, Action<Action, CancellationToken> work)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        PageOpening? opening = null;
        try
        {
            work(() => opening = ServeAsync(server, At(parse), values).GetAwaiter().GetResult(), stop.Token);
            if (!stop.IsCancellationRequested) stop.Token.WaitHandle.WaitOne();
        }
        finally
        {
            opening?.Dispose();
        }
    }

    private async Task<PageOpening?> ServeAsync(PageServer server, IPEndPoint at, OptionValues values)
    {
        await StartAsync(server, at);
        if (!IPAddress.IsLoopback(at.Address) && !_tls.IsAsked(values)) Terminal.Warn(_language.Pick(
            "trama: whoever reads the network between can read the page and its key; --tls prevents that",
            "trama: quem lê a rede no caminho pode ler a página e a chave dela; --tls impede isso"));
        PageOpening? opening = values.Has(_noOpen) ? null : PageOpening.Open(server);
        Console.Error.WriteLine(opening is null
            ? _language.Pick($"trama: the page, with its key: {PageOpening.Link(server)}",
                $"trama: a página, com a chave dela: {PageOpening.Link(server)}")
            : _language.Pick($"trama: the page is open at {server.Address} (--no-open prints a link); Ctrl-C ends",
                $"trama: a página está aberta em {server.Address} (--no-open mostra um link); Ctrl-C encerra"));
        return opening;
    }

    private async Task StartAsync(PageServer server, IPEndPoint at)
    {
        try
        {
            await server.StartAsync();
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            string text = error.InnerException is not null
                ? PortHolder.Taken(at.Address, at.Port, _language) + _language.Pick(
                    "; choose another with --port, or any free one with --port 0",
                    "; escolha outra com --port, ou qualquer uma livre com --port 0")
                : _language.Pick($"cannot serve at {at}: {error.Message}", $"não foi possível servir em {at}: {error.Message}");
            throw new UserError(text);
        }
    }
}
