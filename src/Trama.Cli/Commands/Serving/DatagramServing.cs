using Trama.Cli.Capturing;
using Trama.Cli.Logs;
using Trama.Cli.ThisProcess;
using Trama.Peers.Datagrams;
using Trama.Peers.Listening;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary><c>trama serve --udp</c>.</summary>
/// <param name="options">How it serves.</param>
/// <param name="told">What is told of it.</param>
/// <param name="language">The language.</param>
internal sealed class DatagramServing(DatagramServerOptions options, ServingOutput told, Language language)
{
    /// <summary>Serves until a signal, or until its one datagram is answered.</summary>
    /// <param name="replyLimit">The most bytes that a command may write.</param>
    public async Task RunAsync(long replyLimit)
    {
        using var stop = new CancellationTokenSource();
        await using Stream stream = StandardOutput.Open();
        var output = new LogOutput(stream, () => _ = stop.CancelAsync());
        IDatagramLog log = told.Json
            ? new JsonDatagramLog(new JsonEvents(output, TimeProvider.System))
            : new TextDatagramLog(language, output, new LogOutput(new StandardError(), () => { }), replyLimit, told.Quiet);
        using EventFile? record = EventFile.Create(told.Record, () => _ = stop.CancelAsync(), language);
        if (record is not null) log = new BothDatagramLogs(log, new JsonDatagramLog(record.Events, whole: true));
        using DatagramServer server = Listen(log);
        using OwnCapture? capture = told.Capture is { } file ? OwnCapture.OfServer(file, "udp", server.Endpoint, null, language) : null;
        Privileges.Drop();
        ServerReach.Tell(server.Endpoint, told, language);
        using StopSignals signals = new(stop);
        await server.RunAsync(stop.Token);
        capture?.End();
        if (output.Failure is { } failure && !StandardOutput.IsClosed(stream)) throw new StandardOutputException(failure);
        record?.Check();
    }

    private DatagramServer Listen(IDatagramLog log)
    {
        try
        {
            using Privileges.Raised rights = Privileges.Raise();
            return DatagramServer.Listen(options, log);
        }
        catch (ListenException error)
        {
            throw ListenErrors.AtPort(error, options.Address, options.Port, language);
        }
    }
}
