using System.Net;
using System.Net.Sockets;
using Trama.Cli.CommandLine;
using Trama.Cli.Logs;
using Trama.Cli.PeerOptions.Security;
using Trama.Peers.Replies;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>
/// The server's lines for people. What clients do goes to standard output, in the lesson's words; limits that were hit and
/// what went wrong go to standard error.
/// </summary>
internal sealed class TextServerLog(Language language, LogOutput output, LogOutput notices, ServerOptions options, bool quiet) : IServerLog
{
    /// <inheritdoc/>
    public void Listening(EndPoint endpoint) => LogLine.Write(output, endpoint is IPEndPoint { Port: var port }
        ? language.Pick($"Server listening on port {port}...", $"Servidor escutando na porta {port}...")
        : language.Pick($"Server listening at {endpoint}...", $"Servidor escutando em {endpoint}..."));

    /// <inheritdoc/>
    public void Connected(ServerConnection connection)
    {
        if (quiet) return;
        LogLine.Write(output, language.Pick($"Connected by {Named(connection.Client)}", $"Conectado por {Named(connection.Client)}"));
    }

    /// <inheritdoc/>
    public void Received(ServerConnection connection, ReadOnlySpan<byte> message)
    {
        if (quiet || options.Conduct is Broadcasting) return;
        string text = MessageExcerpt.Text(message);
        LogLine.Write(output, language.Pick($"Message received: {text}", $"Mensagem recebida: {text}"));
    }

    /// <inheritdoc/>
    public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply)
    {
    }

    /// <inheritdoc/>
    public void RepliedFile(ServerConnection connection, string path, long bytes)
    {
    }

    /// <inheritdoc/>
    public void Troubled(ServerConnection connection, ResponderException trouble) =>
        Notice(connection, ResponderWords.Describe(trouble, options.MessageLimit, language), ": ");

    /// <inheritdoc/>
    public void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients)
    {
        if (quiet) return;
        string text = MessageExcerpt.Text(message);
        LogLine.Write(output, language.Pick(
            $"Message received from {Named(connection.Client)}, sent to {clients}: {text}",
            $"Mensagem recebida de {Named(connection.Client)}, enviada a {clients}: {text}"));
    }

    /// <inheritdoc/>
    public void Closed(ServerConnection connection, ConnectionEnd end)
    {
        string? notice = end switch
        {
            ConnectionEnd.Idle => language.Pick(
                $"closed, silent for {Durations.Format(options.IdleLimit)} (--idle)",
                $"fechada, em silêncio por {Durations.Format(options.IdleLimit)} (--idle)"),
            ConnectionEnd.TooLarge => language.Pick(
                $"closed, it sent more than {Sizes.Format(options.MessageLimit)} (--max-message)",
                $"fechada, enviou mais de {Sizes.Format(options.MessageLimit)} (--max-message)"),
            ConnectionEnd.TooSlow => language.Pick(
                $"closed, more than {Sizes.Format(options.MessageLimit)} of what others said waited for it (--max-message)",
                $"fechada, mais de {Sizes.Format(options.MessageLimit)} do que outros disseram esperavam por ela (--max-message)"),
            ConnectionEnd.HeldTooMuch => language.Pick(
                $"closed, no connection could go on: together they held {Sizes.Format(options.MemoryLimit)} (--max-memory), and none "
                    + "more than this one",
                $"fechada, nenhuma conexão podia continuar: juntas guardavam {Sizes.Format(options.MemoryLimit)} (--max-memory), e "
                    + "nenhuma mais que esta"),
            ConnectionEnd.Unfit => language.Pick(
                $"closed at byte {connection.FramingFailure.Offset}, which does not fit the framing {options.Framing}: "
                    + $"{FramingWords.Reason(connection.FramingFailure.Fault, language)}",
                $"fechada no byte {connection.FramingFailure.Offset}, que não serve ao enquadramento {options.Framing}: "
                    + $"{FramingWords.Reason(connection.FramingFailure.Fault, language)}"),
            ConnectionEnd.Cut => language.Pick(
                $"closed by the client within a message, after {connection.IncompleteBytes} bytes of it",
                $"fechada pelo cliente no meio de uma mensagem, depois de {connection.IncompleteBytes} bytes dela"),
            ConnectionEnd.Aborted => language.Pick(
                $"reset, it did not take its reply within {Durations.Format(options.StopDeadline)} of the stop",
                $"abortada, não recebeu a resposta em {Durations.Format(options.StopDeadline)} depois do pedido de parada"),
            ConnectionEnd.Unanswered => language.Pick("closed without an answer: ", "fechada sem resposta: ")
                + ResponderWords.Describe(connection.ResponderError!, options.MessageLimit, language),
            ConnectionEnd.TlsFailed => language.Pick("closed", "fechada") + $": {TlsErrors.Describe(connection.TlsError!, null, language)}",
            ConnectionEnd.Misbehaved when !quiet => language.Pick("closed or reset on purpose", "fechada ou abortada de propósito"),
            ConnectionEnd.Reset when !quiet => language.Pick("reset by the client", "abortada pelo cliente"),
            _ => null,
        };
        if (notice is not null) Notice(connection, notice);
        if (connection.Statistics is { } tcp) Notice(connection, TcpStatisticsText.Of(tcp, language));
    }

    /// <inheritdoc/>
    public void Refused(IPEndPoint client) => LogLine.Write(notices, language.Pick(
        $"trama: {Named(client)} refused (--allow, --deny)",
        $"trama: {Named(client)} recusado (--allow, --deny)"));

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error) => LogLine.Write(notices, error == SocketError.TooManyOpenSockets
        ? language.Pick(
            "trama: out of file handles (ulimit -n); new clients wait until a connection ends",
            "trama: acabaram os descritores de arquivo (ulimit -n); novos clientes esperam até uma conexão terminar")
        : language.Pick(
            $"trama: cannot accept a connection ({error}); trying again",
            $"trama: não foi possível aceitar uma conexão ({error}); tentando de novo"));

    /// <inheritdoc/>
    public void Stopped()
    {
    }

    private void Notice(ServerConnection connection, string what, string joint = " ") => LogLine.Write(notices, language.Pick(
        $"trama: connection of {Named(connection.Client)}{joint}{what}",
        $"trama: conexão de {Named(connection.Client)}{joint}{what}"));

    // As the lesson's server prints it.
    private static string Named(EndPoint endpoint) => endpoint is IPEndPoint { Address: var address, Port: var port }
        ? $"('{address}', {port})" : $"{endpoint}";
}
