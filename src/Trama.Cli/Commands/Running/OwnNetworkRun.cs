using System.Collections.Concurrent;
using System.Net;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Reports;
using Trama.Run;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>A command in a network of its own, for which nobody needs a privilege.</summary>
internal sealed class OwnNetworkRun : ICommandRun
{
    private readonly SeenPackets _packets = new();
    private readonly ConcurrentQueue<PathNote> _paths = new();
    private readonly Language _language;
    private readonly OwnNetworkCommand _command;

    /// <summary>Starts the command.</summary>
    /// <exception cref="Namespaces.NamespaceException">The system does not allow it.</exception>
    public OwnNetworkRun(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Language language)
    {
        _language = language;
        _command = OwnNetworkCommand.Start(ThisProgram.Path, command, environment, _packets.Add, _paths.Enqueue, TellUnpublished);
    }

    /// <inheritdoc/>
    public IRecordSource Packets => _packets;

    /// <inheritdoc/>
    public CaptureInterface Interface { get; } = new(LinkType.Raw, 0) { Name = "trama0", IsNanosecond = true };

    /// <inheritdoc/>
    public (string English, string Portuguese)? Origin => (
        "captured between the command and a gateway in the same machine; not the wire's segments",
        "capturado entre o comando e um gateway na mesma máquina; não são os segmentos da rede");

    /// <inheritdoc/>
    public IConnectionOwners? Owners => null;

    /// <inheritdoc/>
    public Action Waiting { set => _packets.Waiting = value; }

    /// <inheritdoc/>
    public long Dropped => _packets.Dropped;

    /// <inheritdoc/>
    public IReadOnlyCollection<PathNote> Paths => _paths;

    /// <inheritdoc/>
    public void Signal(int signal) => _command.Signal(signal);

    /// <inheritdoc/>
    public int Wait()
    {
        int code = _command.Wait();
        _packets.Complete();
        return code;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _command.Dispose();
        _packets.Dispose();
    }

    private void TellUnpublished(IPEndPoint place, string reason) => Console.Error.WriteLine(_language.Pick(
        $"trama: {place} of the command is reachable from within only: {reason}",
        $"trama: {place} do comando só é acessível de dentro: {reason}"));
}
