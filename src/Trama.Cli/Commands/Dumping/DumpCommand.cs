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
internal sealed class DumpCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly DeviceOptions _live;
    private readonly Option<string> _read, _list, _write, _filterFile, _direction, _timestampType, _precision, _linkType,
        _fileSize, _command;
    private readonly Option<long?> _count, _seconds, _fileCount;
    private readonly Option<bool> _devices, _linkTypes, _timestampTypes, _filterProgram, _numeric, _verbose, _quiet, _linkLayer;
    private readonly Option<bool> _hex, _hexAscii, _ascii, _time, _absolute, _noChecksums, _shortNames, _foreign, _noOptimize, _number;
    private readonly Option<bool> _monitor, _immediate, _lineBuffered, _packetBuffered, _print, _countOnly, _micro, _nano;
    private readonly Option<bool> _json, _ndjson, _owners, _pcapng, _version;
    private readonly Argument<string[]> _filter;

    public DumpCommand(Language language) : base(
        language,
        "dump",
        language.Pick("Packets, as tcpdump prints them", "Os pacotes, como o tcpdump os mostra"),
        ("trama dump -i any 'port 5000'", language.Pick("what a program on port 5000 says and hears",
            "o que um programa na porta 5000 diz e ouve")),
        ("trama dump -nnvvXi lo tcp", language.Pick("in full detail, with the bytes", "com todos os detalhes e os bytes")),
        ("trama dump -r file.pcap -c 10", language.Pick("the first ten packets of a file", "os dez primeiros pacotes de um arquivo")),
        ("trama dump -i eth0 -w file.pcapng", language.Pick("capture into a file", "captura para um arquivo")),
        ("ssh HOST trama dump -U -w - | trama dump -r -", language.Pick("capture there, read here", "captura lá, leitura aqui")))
    {
        _language = language;
        Group("Input", "Entrada");
        _read = Value("-r", "FILE", "Read a capture file (pcap, pcapng, also gzip or zstd); '-' for standard input",
            "Lê um arquivo de captura (pcap, pcapng, também gzip ou zstd); '-' para a entrada padrão");
        _list = Value("-V", "FILE", "Read the capture files that FILE lists, one a line",
            "Lê os arquivos de captura listados em ARQUIVO, um por linha");
        _filterFile = Value("-F", "FILE", "Take the filter expression from FILE", "Lê a expressão de filtro de ARQUIVO");
        _noOptimize = Flag("-O", "Do not optimize the filter", "Não otimiza o filtro", "--no-optimize");
        _filterProgram = Flag("-d", "Print the compiled filter and end; -dd as C, -ddd as numbers",
            "Mostra o filtro compilado e termina; -dd em C, -ddd em números");
        _count = Number("-c", "N", 1, long.MaxValue, "End after N packets", "Termina depois de N pacotes");
        Group("Capture", "Captura");
        _live = new DeviceOptions(this, language, standardBuffer: 0);
        _monitor = Flag("-I", "Monitor mode, for Wi-Fi", "Modo monitor, para Wi-Fi", "--monitor-mode");
        _direction = Value("-Q", "in|out|inout", "Only packets that come in, or go out", "Apenas pacotes que chegam, ou que saem",
            "--direction");
        _immediate = Flag("--immediate-mode", "Take over each packet at once", "Recebe cada pacote imediatamente");
        _linkType = Value("-y", "TYPE", "Capture with this link type; -L lists them", "Captura com este tipo de enlace; -L os lista",
            "--linktype");
        _timestampType = Value("-j", "TYPE", "Take times from this clock; -J lists them", "Usa as horas deste relógio; -J os lista",
            "--time-stamp-type");
        _devices = Flag("-D", "List the devices", "Lista os dispositivos", "--list-interfaces");
        _linkTypes = Flag("-L", "List the link types of the device", "Lista os tipos de enlace do dispositivo", "--list-data-link-types");
        _timestampTypes = Flag("-J", "List the clocks of the device", "Lista os relógios do dispositivo", "--list-time-stamp-types");
        Group("Packets", "Pacotes");
        _numeric = Flag("-n", "Numbers instead of host and port names", "Números em vez de nomes de máquinas e portas");
        _shortNames = Flag("-N", "Host names without their domain", "Nomes de máquinas sem o domínio");
        _foreign = Flag("-f", "Numbers instead of names for hosts that are not of this network",
            "Números em vez de nomes para máquinas de fora desta rede");
        _verbose = Flag("-v", "More detail; -vv and -vvv for still more", "Mais detalhes; -vv e -vvv para ainda mais");
        _quiet = Flag("-q", "Less detail", "Menos detalhes", "--quiet");
        _linkLayer = Flag("-e", "Show the link layer", "Mostra a camada de enlace");
        _hex = Flag("-x", "Show the bytes in hexadecimal; -xx with the link layer",
            "Mostra os bytes em hexadecimal; -xx com a camada de enlace");
        _hexAscii = Flag("-X", "Show the bytes in hexadecimal and ASCII; -XX with the link layer",
            "Mostra os bytes em hexadecimal e ASCII; -XX com a camada de enlace");
        _ascii = Flag("-A", "Show the bytes as ASCII; -AA with the link layer", "Mostra os bytes como ASCII; -AA com a camada de enlace");
        _time = Flag("-t", "No time; -tt seconds since 1970, -ttt since the line before, -tttt with the date, -ttttt since the first",
            "Sem hora; -tt segundos desde 1970, -ttt desde a linha anterior, -tttt com a data, -ttttt desde a primeira");
        _micro = Flag("--micro", "Times with microseconds (the default)", "Horas com microssegundos (o padrão)");
        _nano = Flag("--nano", "Times with nanoseconds", "Horas com nanossegundos");
        _precision = Value("--time-stamp-precision", "micro|nano", "The same as --micro, --nano", "O mesmo que --micro, --nano");
        _number = Flag("-#", "Number the packets", "Numera os pacotes", "--number");
        _absolute = Flag("-S", "TCP sequence numbers as they are, not relative", "Números de sequência TCP absolutos, não relativos",
            "--absolute-tcp-sequence-numbers");
        _noChecksums = Flag("-K", "Do not check checksums", "Não confere as somas de verificação", "--dont-verify-checksums");
        _owners = Flag("--owners",
            "With -i, behind each line, and in a pcapng file's comments, whose the packet is: the programs at both ends",
            "Com -i, após cada linha, e nos comentários de um pcapng, de quem é o pacote: os programas nas duas pontas");
        _json = Flag("--json", "One JSON document", "Um documento JSON");
        _ndjson = Flag("--ndjson", "One JSON object a line", "Um objeto JSON por linha");
        _countOnly = Flag("--count", "With -r, tell only how many packets there are", "Com -r, diz apenas quantos pacotes há");
        _lineBuffered = Flag("-l", "Write out each line at once", "Escreve cada linha imediatamente");
        Group("File", "Arquivo");
        _write = Value("-w", "FILE", "Write the packets to a file instead of showing them; '-' for standard output",
            "Grava os pacotes em um arquivo em vez de mostrá-los; '-' para a saída padrão");
        _print = Flag("--print", "Show the packets too when -w writes them", "Mostra os pacotes mesmo quando -w os grava");
        _pcapng = Flag("--pcapng", "Write pcapng (as for a file named .pcapng)", "Grava em pcapng (como para um arquivo de nome .pcapng)");
        _packetBuffered = Flag("-U", "With -w, write each packet at once", "Com -w, grava cada pacote imediatamente", "--packet-buffered");
        _fileSize = Value("-C", "SIZE", "With -w, a new file after SIZE million bytes",
            "Com -w, um novo arquivo depois de TAMANHO milhões de bytes");
        _seconds = Number("-G", "SECONDS", 1, int.MaxValue, "With -w, a new file every SECONDS; the name is a strftime pattern",
            "Com -w, um novo arquivo a cada SEGUNDOS; o nome é um padrão de strftime");
        _fileCount = Number("-W", "N", 1, 1_000_000_000, "With -C, reuse the oldest of N files; with -G, end after N files",
            "Com -C, reaproveita o mais antigo de N arquivos; com -G, termina depois de N arquivos");
        _command = Value("-z", "COMMAND", "With -C or -G, run COMMAND on every finished file",
            "Com -C ou -G, executa COMANDO sobre cada arquivo terminado");
        _version = Flag("--version", "Show the version", "Mostra a versão");
        _filter = new Argument<string[]>("filter")
        {
            HelpName = language.Pick("FILTER", "FILTRO"),
            Description = language.Pick("Which packets: a filter expression of libpcap, such as 'tcp port 5000'",
                "Quais pacotes: uma expressão de filtro da libpcap, como 'tcp port 5000'"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        Add(_filter);
        SetAction(parse => DumpAction.Run(Read(parse), language));
    }

    private DumpRequest Read(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        if (values.Has(_foreign) && (values.Has(_read) || values.Has(_list))) throw values.Wrong(
            "-f cannot be used with -r or -V", "-f não pode ser usado com -r ou -V");
        if (values.Has(_json) && values.Has(_ndjson)) throw values.Wrong("--json and --ndjson exclude each other",
            "--json e --ndjson se excluem");
        if (values.Has(_read) && values.Has(_list)) throw values.Wrong("-V and -r are mutually exclusive", "-V e -r se excluem");
        bool nanoseconds = Nanoseconds(values);
        string? read = values.Of(_read), write = values.Of(_write);
        return new DumpRequest
        {
            Device = _live.Device(values),
            Files = values.Of(_list) is { } list ? FileList.Read(list, _language) : read is null ? [] : [read],
            Filter = values.Of(_filterFile) is { } file ? FileList.ReadFilter(file, _language)
                : string.Join(' ', parse.GetValue(_filter) ?? []),
            OptimizeFilter = !values.Has(_noOptimize),
            FilterProgram = Math.Min(values.Count(_filterProgram), 3),
            Live = ReadLive(values),
            Text = ReadText(values, nanoseconds),
            Form = values.Has(_countOnly) ? DumpForm.Count : values.Has(_json) ? DumpForm.Json : values.Has(_ndjson)
                ? DumpForm.NdJson : DumpForm.Text,
            Colour = Terminal.Colour,
            PrintToo = values.Has(_print),
            Owners = values.Has(_owners),
            LineBuffered = values.Has(_lineBuffered),
            PacketLimit = values.Of(_count),
            Output = write is null ? null : ReadOutput(values, write, nanoseconds),
            List = values.Has(_version) ? DumpList.Version : values.Has(_devices) ? DumpList.Devices
                : values.Has(_linkTypes) ? DumpList.LinkTypes : values.Has(_timestampTypes) ? DumpList.TimestampTypes : DumpList.None,
        };
    }

    private bool Nanoseconds(OptionValues values) => values.Of(_precision) switch
    {
        null => values.Has(_nano) && !values.Has(_micro),
        "nano" => true,
        "micro" => false,
        _ => throw values.Wrong(_precision),
    };

    private LiveOptions ReadLive(OptionValues values)
    {
        return _live.Read(values, new LiveOptions
        {
            MonitorMode = values.Has(_monitor),
            Immediate = values.Has(_immediate),
            TimestampType = values.Of(_timestampType),
            LinkType = values.Of(_linkType) is not { } name ? null : LinkTypeNames.TryParse(name, out LinkType type)
                ? type : throw values.Wrong(_linkType),
            Direction = values.Of(_direction) switch
            {
                null or "inout" => CaptureDirection.Both,
                "in" => CaptureDirection.In,
                "out" => CaptureDirection.Out,
                _ => throw values.Wrong(_direction),
            },
        });
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
        Bytes = values.Has(_ascii) ? ByteDump.Ascii : values.Has(_hexAscii) ? ByteDump.HexAndAscii : values.Has(_hex)
            ? ByteDump.Hex : ByteDump.None,
        BytesIncludeLinkLayer = values.Count(values.Has(_ascii) ? _ascii : values.Has(_hexAscii) ? _hexAscii : _hex) > 1,
    };

    private DumpFile ReadOutput(OptionValues values, string path, bool nanoseconds) => new(new Rotation
    {
        Path = path,
        MaximumBytes = values.Of(_fileSize) is { } size ? FileSize.Parse(size) ?? throw values.Wrong(_fileSize) : null,
        Period = values.Of(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        FileCount = (int)(values.Of(_fileCount) ?? 0),
        FinishedCommand = values.Of(_command),
    })
    {
        Pcapng = values.Has(_pcapng) || path.EndsWith(".pcapng", StringComparison.OrdinalIgnoreCase),
        Nanoseconds = nanoseconds,
        PacketBuffered = values.Has(_packetBuffered),
    };
}
