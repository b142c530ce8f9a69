using System.Net;
using Trama.Cli.Logs;
using Trama.Peers.Datagrams;
using Trama.Peers.Replies;
using Trama.Reports;

namespace Trama.Cli.Commands.Serving;

/// <summary>What a server of datagrams prints for people: messages to standard output, what went wrong to standard error.</summary>
internal sealed class TextDatagramLog(Language language, LogOutput output, LogOutput notices, long replyLimit, bool quiet) : IDatagramLog
{
    /// <inheritdoc/>
    public void Listening(IPEndPoint endpoint) => LogLine.Write(output, language.Pick(
        $"Server listening on UDP port {endpoint.Port}...",
        $"Servidor escutando na porta UDP {endpoint.Port}..."));

    /// <inheritdoc/>
    public void Received(IPEndPoint client, ReadOnlySpan<byte> message)
    {
        if (quiet) return;
        string text = MessageExcerpt.Text(message);
        LogLine.Write(output, language.Pick($"Message received from {Named(client)}: {text}", $"Mensagem recebida de {Named(client)}: {text}"));
    }

    /// <inheritdoc/>
    public void Replied(IPEndPoint client, ReadOnlySpan<byte> reply)
    {
    }

    /// <inheritdoc/>
    public void Unanswered(IPEndPoint client, ResponderException error) => Notice(client, ResponderWords.Describe(error, replyLimit, language));

    /// <inheritdoc/>
    public void ReplyFailed(IPEndPoint client, string error) => Notice(client, error);

    /// <inheritdoc/>
    public void Refused(IPEndPoint client) => LogLine.Write(notices, language.Pick(
        $"trama: {Named(client)} refused (--allow, --deny)",
        $"trama: {Named(client)} recusado (--allow, --deny)"));

    /// <inheritdoc/>
    public void Stopped()
    {
    }

    private void Notice(IPEndPoint client, string what) => LogLine.Write(notices, language.Pick(
        $"trama: no answer to {Named(client)}: {what}",
        $"trama: sem resposta para {Named(client)}: {what}"));

    private static string Named(IPEndPoint endpoint) => $"('{endpoint.Address}', {endpoint.Port})";
}
