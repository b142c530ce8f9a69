using System.CommandLine;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Dump;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Commands.Dumping;

/// <summary><c>trama dump</c>: packets, as tcpdump prints them. The options are tcpdump's.</summary>
internal sealed class DumpCommand : ExampledCommand
{
    private readonly Language _language;
    private readonly Option<string> _device, _read, _list, _write, _filterFile, _count, _snapLength, _bufferSize, _direction;
    private readonly Option<string> _timestampType, _precision, _linkType, _user, _fileSize, _seconds, _fileCount, _command, _color;
    private readonly Option<bool> _devices, _linkTypes, _timestampTypes, _filterProgram, _numeric, _verbose, _quiet, _linkLayer;
    private readonly Option<bool> _hex, _hexAscii, _ascii, _time, _absolute, _noChecksums, _shortNames, _foreign, _noOptimize, _number;
    private readonly Option<bool> _noPromiscuous, _monitor, _immediate, _lineBuffered, _packetBuffered, _print, _countOnly, _micro, _nano;
    private readonly Option<bool> _json, _ndjson, _pcapng, _version;
    private readonly Argument<string[]> _filter;

    public DumpCommand(Language language) : base(
        "dump",
        language.Pick("Packets, as tcpdump prints them", "Os pacotes, como o tcpdump os mostra"),
        ("trama dump -i any 'port 5000'", language.Pick("what a program on port 5000 says and hears", "o que um programa na porta 5000 diz e ouve")),
        ("trama dump -nnvvXi lo tcp", language.Pick("in full detail, with the bytes", "com todos os detalhes e os bytes")),
        ("trama dump -r file.pcap -c 10", language.Pick("the first ten packets of a file", "os dez primeiros pacotes de um arquivo")),
        ("trama dump -i eth0 -w file.pcapng", language.Pick("capture into a file", "captura para um arquivo")),
        ("ssh HOST trama dump -U -w - | trama dump -r -", language.Pick("capture there, read here", "captura lá, leitura aqui")))
    {
        _language = language;
        _device = Value("-i", "--interface", "IF", "capture on this device; 'any' for all of them", "captura neste dispositivo; 'any' para todos");
        _read = Value("-r", null, "FILE", "read a capture file (pcap, pcapng, also gzip or zstd); '-' for standard input", "lê um arquivo de captura (pcap, pcapng, também gzip ou zstd); '-' para a entrada padrão");
        _list = Value("-V", null, "FILE", "read the capture files that FILE lists, one a line", "lê os arquivos de captura listados em FILE, um por linha");
        _write = Value("-w", null, "FILE", "write the packets to a file instead of showing them; '-' for standard output", "grava os pacotes em um arquivo em vez de mostrá-los; '-' para a saída padrão");
        _print = Flag("--print", null, "show the packets too when -w writes them", "mostra os pacotes mesmo quando -w os grava");
        _pcapng = Flag("--pcapng", null, "write pcapng (as for a file named .pcapng)", "grava em pcapng (como para um arquivo de nome .pcapng)");
        _packetBuffered = Flag("-U", "--packet-buffered", "with -w, write each packet at once", "com -w, grava cada pacote imediatamente");
        _fileSize = Value("-C", null, "SIZE", "with -w, a new file after SIZE million bytes", "com -w, um novo arquivo depois de SIZE milhões de bytes");
        _seconds = Value("-G", null, "SECONDS", "with -w, a new file every SECONDS; the name is a strftime pattern", "com -w, um novo arquivo a cada SECONDS segundos; o nome é um padrão de strftime");
        _fileCount = Value("-W", null, "N", "with -C, reuse the oldest of N files; with -G, end after N files", "com -C, reaproveita o mais antigo de N arquivos; com -G, termina depois de N arquivos");
        _command = Value("-z", null, "COMMAND", "with -C or -G, run COMMAND on every finished file", "com -C ou -G, executa COMMAND sobre cada arquivo terminado");
        _user = Value("-Z", "--relinquish-privileges", "USER", "become USER once the device is open (with sudo: who called it)", "passa a ser USER depois de abrir o dispositivo (com sudo: quem o chamou)");
        _count = Value("-c", null, "N", "end after N packets", "termina depois de N pacotes");
        _countOnly = Flag("--count", null, "with -r, tell only how many packets there are", "com -r, diz apenas quantos pacotes há");
        _numeric = Flag("-n", null, "numbers instead of host and port names", "números em vez de nomes de máquinas e portas");
        _shortNames = Flag("-N", null, "host names without their domain", "nomes de máquinas sem o domínio");
        _foreign = Flag("-f", null, "numbers instead of names for hosts that are not of this network", "números em vez de nomes para máquinas de fora desta rede");
        _verbose = Flag("-v", null, "more detail; -vv and -vvv for still more", "mais detalhes; -vv e -vvv para ainda mais");
        _quiet = Flag("-q", "--quiet", "less detail", "menos detalhes");
        _linkLayer = Flag("-e", null, "show the link layer", "mostra a camada de enlace");
        _hex = Flag("-x", null, "show the bytes in hexadecimal; -xx with the link layer", "mostra os bytes em hexadecimal; -xx com a camada de enlace");
        _hexAscii = Flag("-X", null, "show the bytes in hexadecimal and ASCII; -XX with the link layer", "mostra os bytes em hexadecimal e ASCII; -XX com a camada de enlace");
        _ascii = Flag("-A", null, "show the bytes as ASCII; -AA with the link layer", "mostra os bytes como ASCII; -AA com a camada de enlace");
        _time = Flag("-t", null, "no time; -tt seconds since 1970, -ttt since the line before, -tttt with the date, -ttttt since the first", "sem hora; -tt segundos desde 1970, -ttt desde a linha anterior, -tttt com a data, -ttttt desde a primeira");
        _micro = Flag("--micro", null, "times with microseconds (the default)", "horas com microssegundos (o padrão)");
        _nano = Flag("--nano", null, "times with nanoseconds", "horas com nanossegundos");
        _precision = Value("--time-stamp-precision", null, "micro|nano", "the same as --micro, --nano", "o mesmo que --micro, --nano");
        _number = Flag("-#", "--number", "number the packets", "numera os pacotes");
        _absolute = Flag("-S", "--absolute-tcp-sequence-numbers", "TCP sequence numbers as they are, not relative", "números de sequência TCP absolutos, não relativos");
        _noChecksums = Flag("-K", "--dont-verify-checksums", "do not check checksums", "não confere as somas de verificação");
        _lineBuffered = Flag("-l", null, "write out each line at once", "escreve cada linha imediatamente");
        _color = Value("--color", null, "auto|always|never", "colour on a terminal", "cores em um terminal");
        _json = Flag("--json", null, "one JSON document", "um documento JSON");
        _ndjson = Flag("--ndjson", null, "one JSON object a line", "um objeto JSON por linha");
        _filterFile = Value("-F", null, "FILE", "take the filter expression from FILE", "lê a expressão de filtro de FILE");
        _filterProgram = Flag("-d", null, "print the compiled filter and end; -dd as C, -ddd as numbers", "mostra o filtro compilado e termina; -dd em C, -ddd em números");
        _noOptimize = Flag("-O", "--no-optimize", "do not optimize the filter", "não otimiza o filtro");
        _snapLength = Value("-s", "--snapshot-length", "BYTES", "capture at most so many bytes of a packet; 0 for 262144", "captura no máximo tantos bytes de cada pacote; 0 para 262144");
        _noPromiscuous = Flag("-p", "--no-promiscuous-mode", "no promiscuous mode", "sem modo promíscuo");
        _monitor = Flag("-I", "--monitor-mode", "monitor mode, for Wi-Fi", "modo monitor, para Wi-Fi");
        _direction = Value("-Q", "--direction", "in|out|inout", "only packets that come in, or go out", "apenas pacotes que chegam, ou que saem");
        _bufferSize = Value("-B", "--buffer-size", "KIB", "the size of the capture buffer", "o tamanho do buffer de captura");
        _immediate = Flag("--immediate-mode", null, "take over each packet at once", "recebe cada pacote imediatamente");
        _linkType = Value("-y", "--linktype", "TYPE", "capture with this link type; -L lists them", "captura com este tipo de enlace; -L os lista");
        _linkTypes = Flag("-L", "--list-data-link-types", "list the link types of the device", "lista os tipos de enlace do dispositivo");
        _timestampType = Value("-j", "--time-stamp-type", "TYPE", "take times from this clock; -J lists them", "usa as horas deste relógio; -J os lista");
        _timestampTypes = Flag("-J", "--list-time-stamp-types", "list the clocks of the device", "lista os relógios do dispositivo");
        _devices = Flag("-D", "--list-interfaces", "list the devices", "lista os dispositivos");
        _version = Flag("--version", null, "show the version", "mostra a versão");
        _filter = new Argument<string[]>("filter")
        {
            HelpName = language.Pick("FILTER", "FILTRO"),
            Description = language.Pick("which packets: a filter expression of libpcap, such as 'tcp port 5000'", "quais pacotes: uma expressão de filtro da libpcap, como 'tcp port 5000'"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        Add(_filter);
        SetAction(parse => DumpAction.Run(Read(parse), language));
    }

    private Option<string> Value(string name, string? alias, string value, string english, string portuguese) =>
        Added(new Option<string>(name, alias is null ? [] : [alias]) { HelpName = value }, english, portuguese);

    private Option<bool> Flag(string name, string? alias, string english, string portuguese) =>
        Added(new Option<bool>(name, alias is null ? [] : [alias]) { Arity = ArgumentArity.Zero }, english, portuguese);

    private T Added<T>(T option, string english, string portuguese) where T : Option
    {
        option.Description = _language.Pick(english, portuguese);
        Add(option);
        return option;
    }

    private DumpRequest Read(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        if (values.Has(_foreign) && (values.Has(_read) || values.Has(_list))) throw values.Wrong("-f cannot be used with -r or -V", "-f não pode ser usado com -r ou -V");
        if (values.Has(_json) && values.Has(_ndjson)) throw values.Wrong("--json and --ndjson exclude each other", "--json e --ndjson se excluem");
        if (values.Has(_read) && values.Has(_list)) throw values.Wrong("-V and -r are mutually exclusive", "-V e -r se excluem");
        bool nanoseconds = Nanoseconds(values);
        string? read = values.Text(_read), write = values.Text(_write);
        return new DumpRequest
        {
            Device = values.Text(_device),
            Files = values.Text(_list) is { } list ? FileList.Read(list, _language) : read is null ? [] : [read],
            Filter = values.Text(_filterFile) is { } file ? FileList.ReadFilter(file, _language) : string.Join(' ', parse.GetValue(_filter) ?? []),
            OptimizeFilter = !values.Has(_noOptimize),
            FilterProgram = Math.Min(values.Count(_filterProgram), 3),
            Live = ReadLive(values),
            Text = ReadText(values, nanoseconds),
            Form = values.Has(_countOnly) ? DumpForm.Count : values.Has(_json) ? DumpForm.Json : values.Has(_ndjson) ? DumpForm.NdJson : DumpForm.Text,
            Colour = values.Text(_color) switch
            {
                null or "auto" => Terminal.Colour,
                "always" => true,
                "never" => false,
                _ => throw values.Wrong(_color),
            },
            PrintToo = values.Has(_print),
            LineBuffered = values.Has(_lineBuffered),
            PacketLimit = values.Number(_count, 1, long.MaxValue),
            Output = write is null ? null : ReadOutput(values, write, nanoseconds),
            User = values.Text(_user),
            List = values.Has(_version) ? DumpList.Version : values.Has(_devices) ? DumpList.Devices
                : values.Has(_linkTypes) ? DumpList.LinkTypes : values.Has(_timestampTypes) ? DumpList.TimestampTypes : DumpList.None,
        };
    }

    private bool Nanoseconds(OptionValues values) => values.Text(_precision) switch
    {
        null => values.Has(_nano) && !values.Has(_micro),
        "nano" => true,
        "micro" => false,
        _ => throw values.Wrong(_precision),
    };

    private LiveOptions ReadLive(OptionValues values)
    {
        long snapLength = values.Number(_snapLength, 0, 262_144) ?? 0;
        return new LiveOptions
        {
            SnapLength = snapLength == 0 ? 262_144 : (int)snapLength,
            Promiscuous = !values.Has(_noPromiscuous),
            MonitorMode = values.Has(_monitor),
            Immediate = values.Has(_immediate),
            BufferBytes = (int?)(values.Number(_bufferSize, 1, int.MaxValue / 1024) * 1024),
            TimestampType = values.Text(_timestampType),
            LinkType = values.Text(_linkType) is not { } name ? null : LinkTypeNames.TryParse(name, out LinkType type) ? type : throw values.Wrong(_linkType),
            Direction = values.Text(_direction) switch
            {
                null or "inout" => CaptureDirection.Both,
                "in" => CaptureDirection.In,
                "out" => CaptureDirection.Out,
                _ => throw values.Wrong(_direction),
            },
        };
    }

    private DumpOptions ReadText(OptionValues values, bool nanoseconds) => new()
    {
        // tcpdump takes a sixth -t for the plain time of day again.
        Time = (TimeFormat)(values.Count(_time) % 6),
        Nanoseconds = nanoseconds,
        NumericAddresses = values.Has(_numeric),
        NumericPorts = values.Has(_numeric),
        ShortHostNames = values.Has(_shortNames),
        Verbosity = Math.Min(values.Count(_verbose), 3),
        Quiet = values.Has(_quiet),
        QuietTwice = values.Count(_quiet) > 1,
        LinkLayer = values.Has(_linkLayer),
        AbsoluteSequenceNumbers = values.Has(_absolute),
        SkipChecksums = values.Has(_noChecksums),
        PacketNumbers = values.Has(_number),
        Bytes = values.Has(_ascii) ? ByteDump.Ascii : values.Has(_hexAscii) ? ByteDump.HexAndAscii : values.Has(_hex) ? ByteDump.Hex : ByteDump.None,
        BytesIncludeLinkLayer = values.Count(values.Has(_ascii) ? _ascii : values.Has(_hexAscii) ? _hexAscii : _hex) > 1,
    };

    private DumpFile ReadOutput(OptionValues values, string path, bool nanoseconds) => new(new Rotation
    {
        Path = path,
        MaximumBytes = values.Text(_fileSize) is { } size ? FileSize.Parse(size) ?? throw values.Wrong(_fileSize) : null,
        Period = values.Number(_seconds, 1, int.MaxValue) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        FileCount = (int)(values.Number(_fileCount, 1, 1_000_000_000) ?? 0),
        FinishedCommand = values.Text(_command),
    })
    {
        Pcapng = values.Has(_pcapng) || path.EndsWith(".pcapng", StringComparison.OrdinalIgnoreCase),
        Nanoseconds = nanoseconds,
        PacketBuffered = values.Has(_packetBuffered),
    };
}
