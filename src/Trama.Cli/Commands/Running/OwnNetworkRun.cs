using System.Net;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Packets;
using Trama.Processes.Facts;
using Trama.Reports;
using Trama.Run;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>A command in a network of its own, for which nobody needs a privilege.</summary>
internal sealed class OwnNetworkRun : ICommandRun
{
    private readonly SeenPackets _packets = new();
    private readonly Language _language;
    private readonly OwnNetworkCommand _command;
    private readonly InsideLooks _looks;
    private InsideOwners? _owners;
    private bool _hasToldEcho;

    /// <summary>Starts the command.</summary>
    /// <exception cref="Namespaces.NamespaceException">The system does not allow it.</exception>
    public OwnNetworkRun(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<PublishedPlace> places, Interceptor? intercept, Language language)
    {
        _language = language;
        _command = OwnNetworkCommand.Start(ThisProgram.Path, command, new OwnNetworkSettings
        {
            Environment = environment,
            Starting = (process, sockets) => _owners = new InsideOwners(process, sockets),
            Opening = (client, server) => _owners!.Opens(client, server),
            Seen = _packets.Add,
            Measured = Paths.Add,
            Datagram = Datagrams.Add,
            NotPublished = TellUnpublished,
            NotEchoed = TellNotEchoed,
            Places = places,
            Intercept = intercept,
        });
        _looks = new InsideLooks(ProcessNumbers.InProc(_command.Id), command[0], TellSetuid);
        Console.Error.Write(AbstractSockets.Text(command, language));
    }

    /// <summary>Whether its device is a TUN device, and not one of a pair.</summary>
    public bool HasTunDevice => _command.HasTunDevice;

    /// <inheritdoc/>
    public IRecordSource Packets => _packets;

    /// <inheritdoc/>
    public CaptureInterface Interface { get; } = new(LinkType.Raw, 0) { Name = "trama0", IsNanosecond = true };

    /// <inheritdoc/>
    public (string English, string Portuguese)? Origin => (
        "captured between the command and a gateway in the same machine; not the wire's segments",
        "capturado entre o comando e um gateway na mesma máquina; não são os segmentos da rede");

    /// <inheritdoc/>
    public IConnectionOwners? Owners => _owners;

    /// <inheritdoc/>
    public Action Waiting { set => _packets.Waiting = value; }

    /// <inheritdoc/>
    public long Dropped => _packets.Dropped + _command.Lost;

    /// <inheritdoc/>
    public RealPaths Paths { get; } = new();

    /// <inheritdoc/>
    public SeenDatagrams Datagrams { get; } = new();

    /// <inheritdoc/>
    public AskedNames Names => Datagrams.Names;

    /// <inheritdoc/>
    public SeenUnixSockets UnixSockets => _looks.UnixSockets;

    /// <inheritdoc/>
    public long WithoutHandle => _command.WithoutHandle;

    /// <inheritdoc/>
    public void Signal(int signal) => _command.Signal(signal);

    /// <inheritdoc/>
    public int Wait()
    {
        int code = _command.Wait();
        _looks.Dispose();
        _packets.Complete();
        return code;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _looks.Dispose();
        _command.Dispose();
        _packets.Dispose();
    }

    private void TellUnpublished(IPEndPoint place, string reason) => Console.Error.WriteLine(_language.Pick(
        $"trama: {place} of the command is reachable from within only: {reason} (--publish chooses another port)",
        $"trama: {place} do comando só é acessível de dentro: {reason} (--publish escolhe outra porta)"));

    private void TellSetuid(string path) => Console.Error.WriteLine(_language.Pick(
        $"trama: {VisibleText.Of(path)} has the setuid bit, and gains nothing within: it becomes no other user there",
        $"trama: {VisibleText.Of(path)} tem o bit setuid, e lá dentro não ganha nada: não se torna outro usuário"));

    private void TellNotEchoed()
    {
        if (_hasToldEcho) return;
        _hasToldEcho = true;
        Console.Error.WriteLine(_language.Pick(
            "trama: ping goes nowhere: this user may send no ICMP echo here (sudo sysctl "
                + "net.ipv4.ping_group_range='0 2147483647' allows it)",
            "trama: ping não vai a lugar algum: este usuário não pode enviar eco ICMP aqui (sudo sysctl "
                + "net.ipv4.ping_group_range='0 2147483647' permite)"));
    }
}
