using System.Net;
using System.Net.Sockets;
using Trama.Cli.Security;
using Trama.Cli.Sending;
using Trama.Cli.Serving;
using Trama.Framing;
using Trama.Peers.Relaying;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Relaying;

/// <summary>What a relay does: to the journal, when it is recorded; what went wrong, as lines for people.</summary>
internal sealed class RelayLog(Language language, LogOutput notices, RelayOptions options, RelayJournal? journal) : IRelayLog
{
    /// <inheritdoc/>
    public void Listening(IPEndPoint endpoint)
    {
        string targets = string.Join(", ", options.Targets);
        LogLine.Write(notices, language.Pick(
            $"relaying port {endpoint.Port} to {targets}; Ctrl-C ends", $"repassando a porta {endpoint.Port} para {targets}; Ctrl-C encerra"));
    }

    /// <inheritdoc/>
    public void Accepted(RelayConnection connection) => Note(new(RelayEventKind.Accepted, connection.Id, Peer: connection.Client));

    /// <inheritdoc/>
    public void TargetFailed(RelayConnection connection, RelayTarget target, ClientException failure)
    {
        if (failure is { Failure: ClientFailure.Refused, Attempts: [.., ConnectAttempt last] })
            Note(new(RelayEventKind.Refused, connection.Id, Peer: new IPEndPoint(last.Address, target.Port)));
        Tell(connection, SendErrors.ToConnect(failure, options.ToConnect(target), language, "--target-").Message);
    }

    /// <inheritdoc/>
    public void Connected(RelayConnection connection) =>
        Note(new(RelayEventKind.Connected, connection.Id, Peer: connection.Target) { ClientRoundTrip = connection.ClientRoundTrip, TargetRoundTrip = connection.TargetRoundTrip });

    /// <inheritdoc/>
    public ValueTask RelayingAsync(RelayConnection connection, Direction direction, ReadOnlyMemory<byte> bytes) => journal is null
        ? ValueTask.CompletedTask
        : journal.AddAsync(new(RelayEventKind.Said, connection.Id, direction == Direction.ToServer), bytes.Span);

    /// <inheritdoc/>
    public void Finished(RelayConnection connection, Direction direction) =>
        Note(new(RelayEventKind.Finished, connection.Id, direction == Direction.ToServer));

    /// <inheritdoc/>
    public void Closed(RelayConnection connection, RelayEnd end)
    {
        if (end != RelayEnd.Closed) Note(new(RelayEventKind.Reset, connection.Id, ByClient: end == RelayEnd.ResetByClient));
        Note(new(RelayEventKind.Closed, connection.Id));
        string? notice = end switch
        {
            RelayEnd.Idle => language.Pick(
                $"reset, silent for {Durations.Format(options.IdleLimit)} (--idle)", $"abortada, em silêncio por {Durations.Format(options.IdleLimit)} (--idle)"),
            RelayEnd.NoProxyHeader => language.Pick(
                "reset, it did not begin with a header of the PROXY protocol (--accept-proxy)",
                "abortada, não começou com um cabeçalho do protocolo PROXY (--accept-proxy)"),
            RelayEnd.TlsFailed => connection.TlsError is { } error
                ? TlsErrors.Describe(error, null, language)
                : language.Pick("the TLS handshake timed out", "a negociação TLS passou do tempo"),
            RelayEnd.Aborted => language.Pick(
                $"reset, it was not over within {Durations.Format(options.StopDeadline)} of the stop",
                $"abortada, não terminou em {Durations.Format(options.StopDeadline)} depois do pedido de parada"),
            _ => null,
        };
        if (notice is not null) Tell(connection, notice);
    }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error) => LogLine.Write(notices, language.Pick(
        $"trama: cannot accept more connections for the moment: {error}", $"trama: não é possível aceitar mais conexões por enquanto: {error}"));

    private void Note(in RelayEvent what) => _ = journal?.AddAsync(what).AsTask();

    private void Tell(RelayConnection connection, string what) => LogLine.Write(notices, language.Pick(
        $"trama: connection of {connection.Client}: {what}", $"trama: conexão de {connection.Client}: {what}"));
}
