using System.CommandLine;
using System.Net;
using System.Net.NetworkInformation;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Live;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Reports;

namespace Trama.Cli.Capturing;

/// <summary>The packets of a peer's own connections, captured into the file of <c>--capture</c>.</summary>
internal sealed class OwnCapture : IDisposable
{
    private const string Device = "any";
    private const int BufferBytes = 16 << 20;

    private readonly Language _language;
    private readonly LiveCapture _capture;
    private readonly IRecordWriter _writer;
    private readonly OwnPorts? _ports;
    private readonly SegmentDecoder _decoder = new();
    private readonly Thread _reader;

    // What was lost until the filter held is of others.
    private readonly long _lostBefore;
    private CaptureException? _failure;
    private bool _isOver;

    private OwnCapture(string path, string filter, OwnPorts? ports, string? keyLog, Language language)
    {
        (_ports, _language) = (ports, language);
        _capture = Devices.Open(Device, new LiveOptions { Promiscuous = false, BufferBytes = BufferBytes });
        try
        {
            _capture.Apply(_capture.Compile(filter));
            _lostBefore = _capture.Statistics.DroppedByKernel;
            Privileges.Drop();
            var file = new DumpFile(new Rotation { Path = path })
            {
                Pcapng = path.EndsWith(".pcapng", StringComparison.OrdinalIgnoreCase),
                Nanoseconds = true,
            };
            if (keyLog is not null && file.Pcapng) SecretFiles.Protect(path, language);
            _writer = CaptureWriters.ForDevice(file, _capture, filter, language);
            if (keyLog is not null && _writer is CapturedPcapng pcapng) _writer = new SecretsFirst(pcapng, keyLog);
        }
        catch
        {
            _capture.Dispose();
            throw;
        }

        _capture.Waiting = _writer.Flush;
        _reader = new Thread(Read) { Name = "capture", IsBackground = true };
        _reader.Start();
    }

    /// <summary>The option.</summary>
    public static Option<string?> Option(Language language)
    {
        var option = new Option<string?>("--capture")
        {
            Description = language.Pick(
                "Capture the packets of its own connections into this file (pcap; pcapng when the name ends so, with the secrets of "
                    + "--keylog); needs the right to capture",
                "Captura os pacotes de suas próprias conexões neste arquivo (pcap; pcapng se o nome terminar assim, com os segredos de "
                    + "--keylog); exige o direito de capturar"),
            HelpName = language.Pick("FILE", "ARQUIVO"),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "-" }]) result.AddError(
                language.Pick("--capture: expected the name of a file, got '-'", "--capture: esperava o nome de um arquivo, veio '-'"));
        });
        return option;
    }

    /// <summary>Captures the connections of a client; its options are to tell <paramref name="ports"/> each own port.</summary>
    /// <exception cref="CaptureException">It is not allowed, libpcap is missing, or the file cannot be created.</exception>
    public static OwnCapture OfClient(string path, int serverPort, OwnPorts ports, string? keyLog, Language language) =>
        new(path, $"tcp port {serverPort}", ports, keyLog, language);

    /// <summary>Captures what a client says by UDP from its own port, and hears there.</summary>
    /// <exception cref="CaptureException">It is not allowed, libpcap is missing, or the file cannot be created.</exception>
    public static OwnCapture OfDatagrams(string path, int ownPort, int serverPort, Language language) =>
        new(path, $"udp port {ownPort} and udp port {serverPort}", null, null, language);

    /// <summary>Captures the connections, or the datagrams, of a server that listens there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="listening">Where it listens.</param>
    /// <param name="keyLog">A file whose new lines, the secrets of TLS, go into a pcapng file too; null for none.</param>
    /// <param name="language">The language of what is told.</param>
    /// <exception cref="CaptureException">It is not allowed, libpcap is missing, or the file cannot be created.</exception>
    public static OwnCapture OfServer(string path, string protocol, IPEndPoint listening, string? keyLog, Language language)
    {
        bool any = listening.Address.Equals(IPAddress.Any) || listening.Address.Equals(IPAddress.IPv6Any);
        string[] own = any ? [.. LocalAddresses().Select(Place).Distinct()] : [Place(listening.Address)];
        string Side(string side) => $"({side} port {listening.Port} and ({string.Join(" or ", own.Select(place => $"{side} {place}"))}))";
        return new(path, $"{protocol} and ({Side("dst")} or {Side("src")})", null, keyLog, language);
    }

    /// <summary>Writes what is still on its way, and tells of what is missing.</summary>
    /// <exception cref="CaptureException">Not all could be captured or written.</exception>
    public void End()
    {
        Stop();
        if (_failure is not null) throw _failure;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static IEnumerable<IPAddress> LocalAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(device => device.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address);

    // All of 127.0.0.0/8 is this machine; a filter knows no scopes.
    private static string Place(IPAddress address) =>
        IPAddress.IsLoopback(address) && address.GetAddressBytes() is { Length: 4 }
            ? "net 127.0.0.0/8" : $"host {new IPAddress(address.GetAddressBytes())}";

    private void Stop()
    {
        if (_isOver) return;
        _isOver = true;
        _capture.Stop();
        _reader.Join();
        if (_failure is null && _capture.Statistics.DroppedByKernel - _lostBefore is > 0 and var dropped)
        {
            Console.Error.WriteLine(_language.Pick(
                $"trama: {dropped} packets were too fast for the capture and are missing from it",
                $"trama: {dropped} pacotes foram rápidos demais para a captura e faltam nela"));
        }

        try
        {
            _writer.Dispose();
        }
        catch (CaptureException failure)
        {
            _failure ??= failure;
        }

        _capture.Dispose();
    }

    private void Read()
    {
        try
        {
            while (_capture.TryRead(out Record record))
                if (_ports is null || IsOwn(record, _ports)) _writer.Write(record);
        }
        catch (CaptureException failure)
        {
            _failure = failure;
        }
    }

    private bool IsOwn(in Record record, OwnPorts ports) =>
        _decoder.Decode(record, out TcpSegment segment) == Decoded.Segment
            && (ports.Contains(segment.Source.Port) || ports.Contains(segment.Destination.Port));
}
