using System.Net;
using System.Net.Sockets;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Sending;
using Trama.Cli.Logs;
using Trama.Cli.PeerOptions.Security;
using Trama.Framing;
using Trama.Peers.Relaying;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Relaying;

/// <summary>What a relay does: to the journal, when it is recorded; what went wrong, as lines for people.</summary>
internal sealed class RelayLog(Language language, LogOutput notices, RelayOptions options, RelayJournal? journal) : IRelayLog
{
    /// <inheritdoc/>
    public void Listening(IPEndPoint endpoint)
    {
        string targets = string.Join(", ", options.Targets);
        LogLine.Write(notices, language.Pick(
            $"relaying port {endpoint.Port} to {targets}; Ctrl-C ends", $"repassando a porta {endpoint.Port} para "
                + $"{targets}; Ctrl-C encerra"));
    }

    /// <inheritdoc/>
    public void Accepted(RelayConnection connection) => Note(new(RelayEventKind.Accepted, connection));

    /// <inheritdoc/>
    public void TargetFailed(RelayConnection connection, RelayTarget target, ClientException failure)
    {
        foreach (ConnectAttempt attempt in failure.Attempts)
            if (Kind(attempt.Failure) is { } kind) Note(new(kind, connection, Peer: new IPEndPoint(attempt.Address, target.Port)));
        Tell(connection, SendErrors.ToConnect(failure, options.ToConnect(target), language, "--target-").Message);
    }

    /// <inheritdoc/>
    public void Connected(RelayConnection connection) => Note(new(RelayEventKind.Connected, connection));

    /// <inheritdoc/>
    public ValueTask RelayingAsync(RelayConnection connection, Direction direction, ReadOnlyMemory<byte> bytes) => journal is null
        ? ValueTask.CompletedTask
        : journal.AddAsync(Of(RelayEventKind.Said, connection, direction), bytes.Span);

    /// <inheritdoc/>
    public void Stalled(RelayConnection connection, Direction direction) => Note(Of(RelayEventKind.Stalled, connection, direction));

    /// <inheritdoc/>
    public void Resumed(RelayConnection connection, Direction direction) => Note(Of(RelayEventKind.Resumed, connection, direction));

    /// <inheritdoc/>
    public void Finished(RelayConnection connection, Direction direction) => Note(Of(RelayEventKind.Finished, connection, direction));

    /// <inheritdoc/>
    public void Closed(RelayConnection connection, RelayEnd end)
    {
        if (end is RelayEnd.ResetByClient or RelayEnd.ResetByTarget) Note(
            new(RelayEventKind.Reset, connection, ByClient: end == RelayEnd.ResetByClient));
        else if (end != RelayEnd.Closed) Note(new(RelayEventKind.Broken, connection));
        Note(new(RelayEventKind.Closed, connection));
        string? notice = end switch
        {
            RelayEnd.Idle => language.Pick(
                $"reset, silent for {Durations.Format(options.IdleLimit)} (--idle)",
                $"abortada, em silêncio por {Durations.Format(options.IdleLimit)} (--idle)"),
            RelayEnd.NoProxyHeader => language.Pick(
                "reset, it did not begin with a header of the PROXY protocol (--accept-proxy)",
                "abortada, não começou com um cabeçalho do protocolo PROXY (--accept-proxy)"),
            RelayEnd.TlsFailed => connection.TlsError is { } error
                ? TlsErrors.Describe(error, null, language)
                : language.Pick("the TLS handshake timed out", "a negociação TLS passou do tempo"),
            RelayEnd.Loop => language.Pick(
                "reset, it came from this relay itself: the target leads back to it",
                "abortada, veio deste próprio relay: o destino leva de volta a ele"),
            RelayEnd.HeldTooMuch => language.Pick(
                $"reset, no connection could go on: together they held {Sizes.Format(options.MemoryLimit)} (--max-memory), and none "
                    + "more than this one",
                $"abortada, nenhuma conexão podia continuar: juntas guardavam {Sizes.Format(options.MemoryLimit)} (--max-memory), e "
                    + "nenhuma mais que esta"),
            RelayEnd.Aborted => language.Pick(
                $"reset, it was not over within {Durations.Format(options.StopDeadline)} of the stop",
                $"abortada, não terminou em {Durations.Format(options.StopDeadline)} depois do pedido de parada"),
            _ => null,
        };
        if (notice is not null) Tell(connection, notice);
    }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error) => LogLine.Write(notices, language.Pick(
        $"trama: cannot accept more connections for the moment: {error}", "trama: não é possível aceitar mais conexões por "
            + $"enquanto: {error}"));

    // What the segments of an attempt tell; the others never became segments of TCP.
    private static RelayEventKind? Kind(ClientFailure failure) => failure switch
    {
        ClientFailure.Refused => RelayEventKind.Refused,
        ClientFailure.ConnectTimedOut => RelayEventKind.Unanswered,
        _ => null,
    };

    private static RelayEvent Of(RelayEventKind kind, RelayConnection connection, Direction direction) =>
        new(kind, connection, direction == Direction.ToServer);

    private void Note(in RelayEvent what) => _ = journal?.AddAsync(what).AsTask();

    private void Tell(RelayConnection connection, string what) => LogLine.Write(notices, language.Pick(
        $"trama: connection of {connection.Client}: {what}", $"trama: conexão de {connection.Client}: {what}"));
}
