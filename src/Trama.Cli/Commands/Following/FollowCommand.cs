using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Framing.Bodies;
using Trama.Reports;
using Trama.Reports.Follow;
using Trama.Tracing;

namespace Trama.Cli.Commands.Following;

/// <summary><c>trama follow</c>: what the two sides of a connection said, as text or as their very bytes.</summary>
internal sealed class FollowCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly Argument<string> _file;
    private readonly Argument<string?> _connection;
    private readonly Option<bool> _hex, _raw, _toServer, _toClient, _decode;
    private readonly Option<string> _layer;
    private readonly KeysOption _keys;

    public FollowCommand(Language language) : base(
        language,
        "follow",
        language.Pick("What was said on a connection", "O que foi dito em uma conexão"),
        ("trama follow file.pcap", language.Pick("the first connection", "a primeira conexão")),
        ("trama follow file.pcap 3 --hex", language.Pick("the third, byte by byte", "a terceira, byte a byte")),
        ("trama follow file.pcap --decode",
            language.Pick("web pages as they are read, not as they are sent", "páginas da web como são lidas, não como são enviadas")),
        ("trama follow file.pcap --raw --to-client | sha256sum",
            language.Pick("exactly the bytes that the server sent", "exatamente os bytes que o servidor enviou")))
    {
        _language = language;
        _file = new Argument<string>("file")
        {
            HelpName = language.Pick("FILE", "ARQUIVO"),
            Description = language.Pick("A capture file; '-' for standard input", "Um arquivo de captura; '-' para a entrada padrão")
        };
        _connection = new Argument<string?>("connection")
        {
            HelpName = language.Pick("CONNECTION", "CONEXÃO"),
            Description = language.Pick("Its number, as trace shows it (default 1)", "O número dela, como o trace mostra (padrão 1)"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        Add(_file);
        Add(_connection);
        _hex = Flag("--hex", "The bytes in hexadecimal", "Os bytes em hexadecimal");
        _raw = Flag("--raw", "The bytes alone", "Só os bytes");
        _toServer = Flag("--to-server", "With --raw, only what the client said", "Com --raw, só o que o cliente disse");
        _toClient = Flag("--to-client", "With --raw, only what the server said", "Com --raw, só o que o servidor disse");
        _layer = Value("--layer", "tcp|tls|…", "The bytes of this layer (default: the innermost decrypted ones; without keys those of tcp)",
            "Os bytes desta camada (padrão: os decifrados mais internos; sem chaves, os de tcp)");
        _decode = Flag(
            "--decode",
            "What messages say: without chunks and frames, their bodies decompressed",
            "O que as mensagens dizem: sem blocos nem quadros, com os corpos descomprimidos");
        _keys = new KeysOption(this, language);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        bool raw = values.Has(_raw), toServer = values.Has(_toServer), toClient = values.Has(_toClient);
        if (toServer && toClient) throw values.Wrong("--to-server and --to-client exclude each other",
            "--to-server e --to-client se excluem");
        if (!raw && (toServer || toClient)) throw values.Wrong("--to-server and --to-client need --raw",
            "--to-server e --to-client precisam de --raw");
        if (raw && values.Has(_hex)) throw values.Wrong("--raw and --hex exclude each other", "--raw e --hex se excluem");
        bool decode = values.Has(_decode);
        if (decode && values.Has(_layer)) throw values.Wrong("--decode and --layer exclude each other", "--decode e --layer se excluem");
        long id = 1;
        if (parse.GetValue(_connection) is { } text && !(long.TryParse(text, out id) && id > 0))
            throw values.Wrong($"'{text}' is no number of a connection", $"'{text}' não é o número de uma conexão");

        using StandardOutputPipe output = StandardOutputPipe.Open();
        using var buffered = new BufferedStream(output, 64 * 1024);
        var text8 = new FollowText(buffered, Terminal.Options(_language), id, values.Has(_hex));
        var bytes = new RawStream(buffered, id, toServer ? Side.Client : toClient ? Side.Server : null);
        var layer = new FollowedLayer(raw ? bytes : text8, id, values.Of(_layer));
        var content = new FollowedContent(raw ? bytes : text8, id);
        using KeySources keys = _keys.Open(values, isLive: false);
        var input = new TraceInput(_language)
        {
            Files = [parse.GetValue(_file)!],
            Keys = keys,
            ShowsAsItGoes = !Console.IsOutputRedirected,
        };
        var options = new TracingOptions
        {
            ExchangesOf = new HashSet<long> { id },
            Keys = keys.Keys,
            Owners = input.Owners,
            Bodies = decode ? BodyNeeds.Content : BodyNeeds.None,
        };
        var tracker = new ConnectionTracker(options, decode ? content : layer);
        input.Run(tracker, () => { }, () => layer.IsOver || content.IsOver);
        tracker.Complete();
        if (!raw) text8.Flush();
        buffered.Flush();
        keys.Conclude(tracker.Totals.Tls);
        if (content.IsSealed) throw new UserError(_language.Pick(
            $"connection {id} is encrypted: without its keys (--keys) nothing of it can be decoded",
            $"a conexão {id} está cifrada: sem as chaves dela (--keys), nada pode ser decodificado"));
        if (bytes.Undecoded != BodyObstacle.None) throw new UserError(_language.Pick(
            $"a body is not decoded: {ObstacleWords.Of(bytes.Undecoded, _language)}",
            $"um corpo não está decodificado: {ObstacleWords.Of(bytes.Undecoded, _language)}"));
        if (!layer.Carried) throw new UserError(_language.Pick($"connection {id} has nothing of a layer '{values.Of(_layer)}'",
            $"a conexão {id} não tem nada de uma camada '{values.Of(_layer)}'"));
        return Told(raw ? bytes.Found : text8.Found, raw ? bytes.MissingBytes : 0, id, tracker.Totals, input);
    }

    private int Told(bool found, long missing, long id, CaptureTotals totals, TraceInput input)
    {
        if (!found) input.ThrowIfNoTcp(totals);
        if (!found && input.IsTruncated && totals.Packets == 0) return ExitCode.Failed;
        if (!found) throw MissingConnection.Error(id, totals.Connections, _language);
        if (missing > 0) throw new UserError(_language.Pick($"{missing} bytes are missing from the capture",
            $"faltam {missing} bytes na captura"));
        return input.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }
}
