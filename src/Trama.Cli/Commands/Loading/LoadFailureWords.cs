using Trama.Peers.Loading;
using Trama.Reports;

namespace Trama.Cli.Commands.Loading;

/// <summary>The kinds of failures of a load, for people and for programs.</summary>
internal static class LoadFailureWords
{
    /// <summary>For people.</summary>
    public static string Of(LoadFailure failure, Language language) => failure switch
    {
        LoadFailure.Refused => language.Pick("connection refused", "conexão recusada"),
        LoadFailure.Unreachable => language.Pick("unreachable, or no port left", "inalcançável, ou sem porta livre"),
        LoadFailure.NoHandles => language.Pick("out of file handles", "descritores de arquivo esgotados"),
        LoadFailure.ConnectTimedOut => language.Pick("connecting timed out", "tempo de conexão esgotado"),
        LoadFailure.TlsFailed => language.Pick("TLS failed", "TLS falhou"),
        LoadFailure.ReplyTimedOut => language.Pick("reply timed out", "tempo de resposta esgotado"),
        LoadFailure.Closed => language.Pick("closed before the reply", "fechada antes da resposta"),
        LoadFailure.Reset => language.Pick("reset by the server", "abortada pelo servidor"),
        LoadFailure.Unfit => language.Pick("reply does not fit the framing", "resposta fora do enquadramento"),
        _ => language.Pick("not sent, no connection was free", "não enviada, nenhuma conexão livre"),
    };

    /// <summary>For programs.</summary>
    public static string Name(LoadFailure failure) => failure switch
    {
        LoadFailure.Refused => "refused",
        LoadFailure.Unreachable => "unreachable",
        LoadFailure.NoHandles => "no-handles",
        LoadFailure.ConnectTimedOut => "connect-timed-out",
        LoadFailure.TlsFailed => "tls-failed",
        LoadFailure.ReplyTimedOut => "reply-timed-out",
        LoadFailure.Closed => "closed",
        LoadFailure.Reset => "reset",
        LoadFailure.Unfit => "unfit",
        _ => "not-sent",
    };
}
