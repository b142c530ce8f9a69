using System.Net;
using System.Net.Sockets;
using Trama.Cli.CommandLine;
using Trama.Cli.PeerOptions;
using Trama.Cli.PeerOptions.Security;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Peers.Security;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary>Why a message could not be sent or was not answered, in one line.</summary>
internal static class SendErrors
{
    /// <summary>The failure to connect, with what each address met.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="options">How it was asked to connect.</param>
    /// <param name="language">The language to say it in.</param>
    /// <param name="tlsOptions">What the names of the TLS options begin with.</param>
    public static UserError ToConnect(ClientException error, ClientOptions options, Language language, string tlsOptions = "--")
    {
        (string host, int port) = (options.Host, options.Port);
        string limit = Durations.Format(options.ConnectTimeout);
        if (options.UnixPath is { } path && error.Failure != ClientFailure.TlsFailed)
        {
            return new UserError(language.Pick($"cannot connect to {path}: ", $"não foi possível conectar a {path}: ")
                + error.Failure switch
                {
                    ClientFailure.Refused => language.Pick("nobody listens there", "ninguém escuta aí"),
                    ClientFailure.Unreachable => language.Pick("no such socket", "esse socket não existe"),
                    _ => error.Message,
                });
        }

        if (options.Proxy is { } proxy && error.Failure is not (ClientFailure.TlsFailed or ClientFailure.ProxyFailed))
            return ToConnect(error, options with { Host = proxy.Host, Port = proxy.Port, Proxy = null }, language);

        return new UserError(error.Failure switch
        {
            ClientFailure.ProxyFailed => ProxyOption.Describe((ProxyException)error.InnerException!, options.Proxy!,
                Named(options, language), language),
            ClientFailure.NameNotFound when options.Family is { } family => language.Pick(
                $"{host} has no {Named(family)} address (-4, -6)", $"{host} não tem endereço {Named(family)} (-4, -6)"),
            ClientFailure.NameNotFound => language.Pick($"name not found: {host}", $"nome não encontrado: {host}"),
            ClientFailure.TlsFailed => Named(options, language) + ": "
                + (error.InnerException is TlsException tls
                    ? TlsErrors.Describe(tls, options.Tls!.ServerName, language, tlsOptions)
                    : language.Pick($"the TLS handshake timed out ({limit}, --timeout)",
                        $"a negociação TLS passou do tempo ({limit}, --timeout)")),
            ClientFailure.OwnAddress => language.Pick(
                $"cannot connect from {options.From}: {error.Message}{Holding(options, language)} (--from)",
                $"não foi possível conectar a partir de {options.From}: {error.Message}{Holding(options, language)} (--from)"),
            ClientFailure.Reset when error.Attempts.Count == 0 => language.Pick(
                $"{host} port {port}: the server reset the connection as soon as it was made",
                $"{host} porta {port}: o servidor abortou a conexão (RST) assim que ela foi feita"),
            ClientFailure.LookupTimedOut => language.Pick(
                $"looking up {host} timed out ({limit}, --timeout)",
                $"a busca do nome {host} passou do tempo ({limit}, --timeout)"),
            _ => language.Pick($"cannot connect to {host} port {port}: ", $"não foi possível conectar a {host} porta {port}: ")
                + string.Join(", ", error.Attempts.Select(attempt => $"{Describe(attempt, limit, language)} ({attempt.Address})")),
        });
    }

    /// <summary>The failure of a conversation with a server that was reached.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="client">The client that met it.</param>
    /// <param name="options">How it was asked to connect.</param>
    /// <param name="received">Bytes of the reply that came before.</param>
    /// <param name="language">The language to say it in.</param>
    public static UserError ToConverse(ClientException error, Client client, ClientOptions options, long received, Language language)
    {
        string limit = Durations.Format(options.ReplyTimeout);
        FramingFailure unfit = client.FramingFailure;
        string where = language.Pick(
            $"{options.Framing}, at byte {unfit.Offset}: {FramingWords.Reason(unfit.Fault, language)}",
            $"{options.Framing}, no byte {unfit.Offset}: {FramingWords.Reason(unfit.Fault, language)}");
        string what = error.Failure switch
        {
            ClientFailure.ReplyTimedOut => language.Pick(
                $"timed out waiting for the reply ({limit}, --timeout)",
                $"tempo esgotado esperando a resposta ({limit}, --timeout)"),
            ClientFailure.SendTimedOut => language.Pick(
                $"timed out sending, the server stopped reading ({limit}, --timeout)",
                $"tempo esgotado enviando, o servidor parou de ler ({limit}, --timeout)"),
            ClientFailure.ClosedWithoutReply => language.Pick(
                "the server closed the connection without a reply",
                "o servidor fechou a conexão sem responder"),
            ClientFailure.Cut => language.Pick(
                $"the server closed the connection in the middle of its reply, after {received} {(received == 1 ? "byte" : "bytes")}",
                $"o servidor fechou a conexão no meio da resposta, depois de {received} {(received == 1 ? "byte" : "bytes")}"),
            ClientFailure.RepliesMissing => ServerClosed(language),
            ClientFailure.NotAllTaken => language.Pick(
                "the server closed the connection before it had taken everything",
                "o servidor fechou a conexão antes de receber tudo"),
            ClientFailure.Unfit => language.Pick("the reply does not fit the framing ", "a resposta não serve ao enquadramento ") + where,
            ClientFailure.InputUnfit => language.Pick("standard input does not fit the framing ",
                "a entrada padrão não serve ao enquadramento ") + where,
            ClientFailure.InputUnreadable => MessageSource.Unreadable(error.Message, language),
            ClientFailure.InputCut => language.Pick(
                $"standard input ends in the middle of a message ({options.Framing})",
                $"a entrada padrão termina no meio de uma mensagem ({options.Framing})"),
            ClientFailure.Misbehaved => language.Pick("reset on purpose (--fault)", "abortada de propósito (--fault)"),
            ClientFailure.Reset when received > 0 => language.Pick(
                $"the server reset the connection after {received} {(received == 1 ? "byte" : "bytes")} of reply",
                $"o servidor abortou a conexão (RST) depois de {received} {(received == 1 ? "byte" : "bytes")} de resposta"),
            ClientFailure.Reset => language.Pick(
                "the server reset the connection",
                "o servidor abortou a conexão (RST)"),
            _ => error.Message,
        };
        if (client.Messages > 1)
        {
            what += language.Pick(
                $"; it answered {client.Replies} of {client.Messages} messages",
                $"; respondeu a {client.Replies} de {client.Messages} mensagens");
        }

        return new UserError($"{About(client, options, language)}: {what}");
    }

    /// <summary>Which server it is about, with the address that was reached.</summary>
    public static string About(Client client, ClientOptions options, Language language) =>
        Named(options, language) + (client.Server is IPEndPoint server && options.Proxy is null ? $" ({server.Address})" : "");

    /// <summary>That the server has closed the connection.</summary>
    public static string ServerClosed(Language language) =>
        language.Pick("the server closed the connection", "o servidor fechou a conexão");

    // An own port that another program has.
    private static string Holding(ClientOptions options, Language language) =>
        options.From is { Port: > 0 } from && PortHolder.Of(from.Address, from.Port) is { } holder
            ? language.Pick($", {holder} has it", $", está com {holder}") : "";

    private static string Named(ClientOptions options, Language language) =>
        options.UnixPath ?? language.Pick($"{options.Host} port {options.Port}", $"{options.Host} porta {options.Port}");

    private static string Named(AddressFamily family) => family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    private static string Describe(ConnectAttempt attempt, string limit, Language language) => attempt.Failure switch
    {
        ClientFailure.Refused => language.Pick("connection refused", "conexão recusada"),
        ClientFailure.Unreachable => language.Pick("unreachable", "inalcançável"),
        ClientFailure.ConnectTimedOut => language.Pick($"timed out connecting within {limit}", $"tempo esgotado conectando, em {limit}"),
        ClientFailure.Reset => language.Pick("connection reset", "conexão abortada (RST)"),
        _ => attempt.Detail,
    };
}
