using System.CommandLine;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Reporting;

/// <summary>The options that say where packets come from and where messages end, the same in every command that traces.</summary>
internal sealed class InputOptions
{
    // Half a second of 160,000 small packets a second: the command may have to wait so long for a processor.
    private const int LiveBufferBytes = 16 << 20;

    // What is told live is at most 100 ms late: half of that for the kernel, half to find out and to write it.
    private static readonly TimeSpan s_collecting = TimeSpan.FromMilliseconds(50);

    private readonly Language _language;
    private readonly Argument<string[]> _inputs;
    private readonly DeviceOptions _device;
    private readonly Option<string> _read;
    private readonly Option<FramingRule?> _framing;
    private readonly KeysOption _keys;
    private readonly Option<string>? _store, _during;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="language">The language of their words.</param>
    /// <param name="readsStores">Whether packets may come from the store of <c>trama watch</c>.</param>
    public InputOptions(BilingualCommand command, Language language, bool readsStores = true)
    {
        _language = language;
        _inputs = new Argument<string[]>("inputs")
        {
            HelpName = language.Pick("FILE… or FILTER", "ARQUIVO… ou FILTRO"),
            Description = language.Pick("Capture files ('-': standard input), then a filter; with -i only a filter",
                "Arquivos de captura ('-': a entrada padrão), depois um filtro; com -i só um filtro"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        command.Add(_inputs);
        _device = new DeviceOptions(command, language, LiveBufferBytes / 1024);
        _read = command.Value("-r", "FILE", "A capture file to read, as dump takes it", "Um arquivo de captura, como no dump");
        _framing = FramingOption.OfBothSides(language);
        command.Add(_framing);
        _keys = new KeysOption(command, language);
        if (!readsStores) return;
        _store = command.Value("--store", language.Pick("FOLDER", "PASTA"),
            "What trama watch kept there: headers, no payload", "O que o trama watch guardou ali: cabeçalhos, sem conteúdo");
        _during = command.Value("--during", language.Pick("TIME", "TEMPO"),
            $"Of a store, this time: {PastPeriod.Examples}", $"De um armazém, este tempo: {PastPeriod.ExamplesInPortuguese}");
    }

    /// <summary>Whether a command line names a capture file or a filter.</summary>
    public bool HasInputs(ParseResult parse) => parse.GetValue(_inputs) is { Length: > 0 };

    /// <summary>The input that a command line names.</summary>
    /// <exception cref="UserError">It names none, or two kinds of it.</exception>
    public TraceInput Input(ParseResult parse, OptionValues values)
    {
        string[] inputs = parse.GetValue(_inputs) ?? [];
        LiveOptions live = _device.Read(values, new LiveOptions { BufferBytes = LiveBufferBytes, Timeout = s_collecting });
        string? device = _device.Device(values);
        if (_store is not null && _during is not null && (values.Has(_store) || values.Has(_during)))
            return Stored(_store, _during, string.Join(' ', inputs), device, values);
        if (device is not null && values.Has(_read)) throw values.Wrong("-i and -r exclude each other", "-i e -r se excluem");
        if (device is not null) return new TraceInput(_language)
        { Device = device, Filter = string.Join(' ', inputs), Live = live, Keys = _keys.Open(values, isLive: true) };
        if (values.Of(_read) is { } file) return new TraceInput(_language)
        { Files = [file], Filter = string.Join(' ', inputs), Keys = _keys.Open(values, isLive: false) };
        // A capture in a pipe needs no name.
        if (inputs.Length == 0 && Console.IsInputRedirected && !StandardInput.IsMissing) inputs = ["-"];
        if (inputs.Length == 0) throw values.Wrong("name a capture file, or a device with -i",
            "informe um arquivo de captura, ou um dispositivo com -i");
        (IReadOnlyList<string> files, string filter) = TraceInput.Split(inputs, _language);
        return new TraceInput(_language) { Files = files, Filter = filter, Keys = _keys.Open(values, isLive: false) };
    }

    private TraceInput Stored(Option<string> store, Option<string> during, string filter, string? device, OptionValues values)
    {
        if (device is not null || values.Has(_read))
        {
            string other = device is not null ? "-i" : "-r", asked = values.Has(store) ? store.Name : during.Name;
            throw values.Wrong($"{other} and {asked} exclude each other", $"{other} e {asked} se excluem");
        }

        return new TraceInput(_language)
        {
            Files = [StorePlace.Of(values, store, _language)],
            Filter = filter,
            Stored = values.Of(during) is { } text ? PastPeriod.Named(text, values) : new PastPeriod(long.MinValue, long.MaxValue),
        };
    }

    /// <summary>The framing that a command line asks for.</summary>
    public FramingRule Framing(OptionValues values) => values.Of(_framing) ?? FramingRule.Auto;
}
