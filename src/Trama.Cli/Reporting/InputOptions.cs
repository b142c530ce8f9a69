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

    /// <summary>Adds the options to a command.</summary>
    public InputOptions(BilingualCommand command, Language language)
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
    }

    /// <summary>The input that a command line names.</summary>
    /// <exception cref="UserError">It names none, or two kinds of it.</exception>
    public TraceInput Input(ParseResult parse, OptionValues values)
    {
        string[] inputs = parse.GetValue(_inputs) ?? [];
        LiveOptions live = _device.Read(values, new LiveOptions { BufferBytes = LiveBufferBytes, Timeout = s_collecting });
        string? device = _device.Device(values);
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

    /// <summary>The framing that a command line asks for.</summary>
    public FramingRule Framing(OptionValues values) => values.Of(_framing) ?? FramingRule.Auto;
}
