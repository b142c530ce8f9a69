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
        LogLine.Write(output, language.Pick($"Message received from {Named(client)}: {text}",
            $"Mensagem recebida de {Named(client)}: {text}"));
    }

    /// <inheritdoc/>
    public void Replied(IPEndPoint client, ReadOnlySpan<byte> reply)
    {
    }

    /// <inheritdoc/>
    public void Unanswered(IPEndPoint client, ResponderException error) =>
        Notice(client, ResponderWords.Describe(error, replyLimit, language));

    /// <inheritdoc/>
    public void Troubled(IPEndPoint client, ResponderException trouble)
    {
        string what = ResponderWords.Describe(trouble, replyLimit, language);
        LogLine.Write(notices, language.Pick($"trama: answer to {Named(client)}: {what}", $"trama: resposta para {Named(client)}: {what}"));
    }

    /// <inheritdoc/>
    public void Repeated(IPEndPoint client) => LogLine.Write(notices, language.Pick(
        $"trama: {Named(client)} has sent the same datagram 1000 times in a row: if it is a server too, the two answer each other for "
            + "ever (--rate limits that)",
        $"trama: {Named(client)} enviou o mesmo datagrama 1000 vezes seguidas: se também for um servidor, os dois se respondem para "
            + "sempre (--rate limita isso)"));

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
