using Trama.Cli.Recording;
using Trama.Peers.Datagrams;
using Trama.Peers.Serving;
using Trama.Reports;

namespace Trama.Cli.Serving;

/// <summary><c>trama serve --udp</c>.</summary>
internal sealed class DatagramServing(DatagramServerOptions options, Language language)
{
    /// <summary>Serves until a signal, or until its one datagram is answered.</summary>
    /// <param name="json">Whether events are printed as JSON.</param>
    /// <param name="quiet">Whether neither clients nor messages are printed.</param>
    /// <param name="replyLimit">The most bytes that a command may write.</param>
    /// <param name="reach">Says who can reach the server, where that matters.</param>
    public async Task RunAsync(bool json, bool quiet, long replyLimit, Action<DatagramServer> reach)
    {
        using var stop = new CancellationTokenSource();
        await using Stream stream = StandardOutput.Open();
        var output = new LogOutput(stream, () => _ = stop.CancelAsync());
        IDatagramLog log = json
            ? new JsonDatagramLog(new JsonEvents(output, TimeProvider.System))
            : new TextDatagramLog(language, output, new LogOutput(new StandardError(), () => { }), replyLimit, quiet);
        using DatagramServer server = Listen(log);
        reach(server);
        using StopSignals signals = new(stop);
        await server.RunAsync(stop.Token);
        if (output.Failure is { } failure && !StandardOutput.IsClosed(stream))
            throw new StandardOutputException(failure);
    }

    private DatagramServer Listen(IDatagramLog log)
    {
        try
        {
            return DatagramServer.Listen(options, log);
        }
        catch (ListenException error)
        {
            throw ListenErrors.AtPort(error, options.Address, options.Port, language);
        }
    }
}
