using System.Net;
using Trama.Cli.Logs;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Peers.Transports;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>What <c>send</c> does over its connections: says, prints what is answered, and keeps the record.</summary>
/// <param name="options">Where to connect to.</param>
/// <param name="printer">Shows the replies.</param>
/// <param name="record">Keeps messages and replies; null keeps none.</param>
/// <param name="sockets">Hears what is said, to show it; null where nobody wants to see it.</param>
/// <param name="stats">Whether the kernel's counts are printed at the end of a connection.</param>
/// <param name="language">The language.</param>
internal sealed class ClientSession(
    ClientOptions options, ReplyPrinter printer, ClientRecord? record, SentConversation? sockets, bool stats, Language language)
    : IAsyncDisposable
{
    private readonly IClientLog _log = Overheard(new ClientLog(printer, record), sockets);
    private Client? _client;
    private ClientFailure? _failure;
    private bool _serverClosed;

    /// <summary>Sends a message and prints the reply, over the connection at hand or a new one.</summary>
    /// <returns>How the end of the reply was known.</returns>
    /// <exception cref="UserError">No connection, no reply, or not all of it.</exception>
    public Task<ReplyEnd> ExchangeAsync(ReadOnlyMemory<byte> message) => TellAsync(client => client.ExchangeAsync(message, _log), _log);

    /// <summary>Sends all of a stream. With a framing it holds messages, and the reply to each is printed; without, our side ends with it,
    /// and what comes until the server closes is printed.</summary>
    /// <exception cref="UserError">The connection broke, or the server was silent.</exception>
    public Task SendAllAsync(ReadOnlyMemory<byte> first, Stream further) => TellAsync(
        client => options.Framing is null || options.Framing == FramingRule.Raw
            ? client.StreamAsync(first, further, _log) : client.ExchangeAllAsync(first, further, _log), _log);

    /// <summary>Sends what a person writes on the terminal, until they end it, and shows what comes meanwhile.</summary>
    /// <exception cref="UserError">The connection broke, or the server was silent.</exception>
    public async Task TalkAsync()
    {
        Client client = await ConnectAsync();
        bool isEnded;
        await using (var input = new EditedInput(options.Framing))
        {
            IClientLog log = Overheard(new TerminalLog(input, record), sockets);
            await TellAsync(_ => client.StreamAsync(default, input, log), log);
            isEnded = input.IsEnded;
        }

        if (!isEnded) await Console.Error.WriteLineAsync(
            $"trama: {SendErrors.About(client, options, language)}: {SendErrors.ServerClosed(language)}");
    }

    /// <summary>Closes the connection at hand, in good order unless it failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_client is null) return;
        TcpStatistics? tcp = stats ? TcpStatistics.Of(_client.Transport.Socket) : null;
        if (tcp is { } counted) await Console.Error.WriteLineAsync($"trama: {_client.Server}: {TcpStatisticsText.Of(counted, language)}");
        record?.Closed(_failure, _serverClosed, tcp);
        if (_failure is null) await _client.CloseAsync();
        sockets?.Closed(_failure == ClientFailure.Reset, _serverClosed || _failure is ClientFailure.ClosedWithoutReply or ClientFailure.Cut
            or ClientFailure.RepliesMissing or ClientFailure.NotAllTaken);
        _client.Dispose();
        _client = null;
    }

    private async Task<Client> ConnectAsync()
    {
        sockets?.Asking();
        try
        {
            _client = await Client.ConnectAsync(options);
        }
        catch (ClientException error)
        {
            foreach (ConnectAttempt attempt in error.Attempts)
                sockets?.Failed(new IPEndPoint(attempt.Address, options.Port), attempt.Failure == ClientFailure.Refused);
            throw SendErrors.ToConnect(error, options, language);
        }

        (_failure, _serverClosed) = (null, false);
        record?.Connected(_client);
        sockets?.Connected(_client);
        return _client;
    }

    private static IClientLog Overheard(IClientLog log, SentConversation? sockets) =>
        sockets is null ? log : new OverheardLog(log, sockets);

    // Also prints what there was of a reply before a failure.
    private async Task<ReplyEnd> TellAsync(Func<Client, Task<ReplyEnd>> exchange, IClientLog log)
    {
        Client client = _client ?? await ConnectAsync();
        try
        {
            ReplyEnd end = await exchange(client);
            _serverClosed = end == ReplyEnd.Closed;
            return end;
        }
        catch (ClientException error)
        {
            _failure = error.Failure;
            throw SendErrors.ToConverse(error, client, options, printer.Received, language);
        }
        finally
        {
            log.EndReply();
            log.Pause();
        }
    }
}
