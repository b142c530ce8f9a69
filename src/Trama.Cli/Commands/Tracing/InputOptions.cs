using System.CommandLine;
using Trama.Captures;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Commands.Tracing;

/// <summary>The options that say where packets come from and where messages end, the same in every command that traces.</summary>
internal sealed class InputOptions
{
    // Half a second of 160,000 small packets a second: the command may have to wait so long for a processor.
    private const int LiveBufferBytes = 16 << 20;

    private readonly Language _language;
    private readonly Command _command;
    private readonly Argument<string[]> _inputs;
    private readonly Option<string> _device, _read, _framing, _snapLength, _bufferSize;
    private readonly Option<bool> _noPromiscuous;
    private readonly KeysOption _keys;

    /// <summary>Adds the options to a command.</summary>
    public InputOptions(Command command, Language language)
    {
        (_command, _language) = (command, language);
        _inputs = new Argument<string[]>("inputs")
        {
            HelpName = language.Pick("FILE… or FILTER", "ARQUIVO… ou FILTRO"),
            Description = language.Pick("capture files ('-': standard input), then a filter; with -i only a filter", "arquivos de captura ('-': a entrada padrão), depois um filtro; com -i só um filtro"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        command.Add(_inputs);
        _device = Value("-i", "--interface", "IF", "capture on this device; 'any' for all of them", "captura neste dispositivo; 'any' para todos");
        _read = Value("-r", null, "FILE", "a capture file to read, as dump takes it", "um arquivo de captura, como no dump");
        _framing = Value("--framing", null, "RULE", $"where messages end: {FramingWords.Names}", $"onde as mensagens terminam: {FramingWords.Names}");
        _snapLength = Value("-s", "--snapshot-length", "BYTES", "capture at most so many bytes of a packet", "captura no máximo tantos bytes de cada pacote");
        _bufferSize = Value("-B", "--buffer-size", "KIB", "the size of the capture buffer (default 16384)", "o tamanho do buffer de captura (padrão 16384)");
        _noPromiscuous = new Option<bool>("-p") { Description = language.Pick("no promiscuous mode", "sem modo promíscuo"), Arity = ArgumentArity.Zero };
        command.Add(_noPromiscuous);
        _keys = new KeysOption(command, language);
    }

    /// <summary>The input that a command line names.</summary>
    /// <exception cref="UserError">It names none, or two kinds of it.</exception>
    public TraceInput Input(ParseResult parse, OptionValues values)
    {
        string[] inputs = parse.GetValue(_inputs) ?? [];
        long snapLength = values.Number(_snapLength, 0, 262_144) ?? 0;
        var live = new LiveOptions
        {
            SnapLength = snapLength == 0 ? 262_144 : (int)snapLength,
            Promiscuous = !values.Has(_noPromiscuous),
            BufferBytes = (int?)(values.Number(_bufferSize, 1, int.MaxValue / 1024) * 1024) ?? LiveBufferBytes,
        };
        if (values.Has(_device) && values.Has(_read)) throw values.Wrong("-i and -r exclude each other", "-i e -r se excluem");
        if (values.Text(_device) is { } device) return new TraceInput(_language) { Device = device, Filter = string.Join(' ', inputs), Live = live, Keys = _keys.Open(parse, isLive: true) };
        if (values.Text(_read) is { } file) return new TraceInput(_language) { Files = [file], Filter = string.Join(' ', inputs), Keys = _keys.Open(parse, isLive: false) };
        if (inputs.Length == 0) throw values.Wrong("name a capture file, or a device with -i", "informe um arquivo de captura, ou um dispositivo com -i");
        (IReadOnlyList<string> files, string filter) = TraceInput.Split(inputs, _language);
        return new TraceInput(_language) { Files = files, Filter = filter, Keys = _keys.Open(parse, isLive: false) };
    }

    /// <summary>The framing that a command line asks for.</summary>
    /// <exception cref="UserError">There is no such framing.</exception>
    public FramingRule Framing(OptionValues values) => values.Framing(_framing);

    private Option<string> Value(string name, string? alias, string value, string english, string portuguese)
    {
        var option = new Option<string>(name, alias is null ? [] : [alias]) { HelpName = value, Description = _language.Pick(english, portuguese) };
        _command.Add(option);
        return option;
    }
}
