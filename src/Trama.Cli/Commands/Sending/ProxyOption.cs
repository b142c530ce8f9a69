using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Peers.Sending;
using Trama.Reports;

namespace Trama.Cli.Commands.Sending;

/// <summary><c>--proxy</c>: by whom to connect.</summary>
internal static class ProxyOption
{
    /// <summary>The option; null when it is not given.</summary>
    public static Option<ProxyServer?> Create(Language language) => new("--proxy")
    {
        Description = language.Pick(
            "Connect through a proxy, which looks up HOST: socks5://[USER:PASSWORD@]HOST:PORT or http://…",
            "Conecta por um proxy, que procura o nome HOST: socks5://[USUÁRIO:SENHA@]HOST:PORTA ou http://…"),
        HelpName = "URL",
        CustomParser = result => Parse(QuantityOptions.Value(result))
            ?? QuantityOptions.Refuse<ProxyServer>(
                result, language, "socks5://[user:password@]host:port or http://[user:password@]host:port",
                "socks5://[usuário:senha@]host:porta ou http://[usuário:senha@]host:porta"),
    };

    /// <summary>Why a proxy did not connect, in words.</summary>
    public static string Describe(ProxyException error, ProxyServer proxy, string target, Language language)
    {
        string what = error.Failure switch
        {
            ProxyFailure.SignIn when proxy.User is null => language.Pick("wants a user and a password", "quer usuário e senha"),
            ProxyFailure.SignIn => language.Pick("does not accept the user and the password", "não aceita o usuário e a senha"),
            ProxyFailure.TimedOut => language.Pick("did not answer in time (--timeout)", "não respondeu a tempo (--timeout)"),
            ProxyFailure.Refused when proxy.Kind == ProxyKind.Http => language.Pick(
                $"did not connect to {target}: HTTP status {error.Code}", $"não conectou a {target}: status HTTP {error.Code}"),
            ProxyFailure.Refused => language.Pick($"did not connect to {target}: ", $"não conectou a {target}: ")
                + Reason(error.Code, language),
            _ => proxy.Kind == ProxyKind.Http
                ? language.Pick("does not answer as an HTTP proxy", "não responde como um proxy HTTP")
                : language.Pick("does not answer as a SOCKS5 proxy", "não responde como um proxy SOCKS5"),
        };
        return language.Pick($"the proxy {proxy.Host} port {proxy.Port} {what}", $"o proxy {proxy.Host} porta {proxy.Port} {what}");
    }

    // RFC 1928, section 6.
    private static string Reason(int code, Language language) => code switch
    {
        1 => language.Pick("general failure", "falha geral"),
        2 => language.Pick("its rules do not allow it", "as regras dele não permitem"),
        3 => language.Pick("network unreachable", "rede inalcançável"),
        4 => language.Pick("host unreachable", "host inalcançável"),
        5 => language.Pick("connection refused", "conexão recusada"),
        6 => language.Pick("time to live expired", "o tempo de vida expirou"),
        7 => language.Pick("it does not know how to connect", "ele não sabe conectar"),
        8 => language.Pick("it does not know this kind of address", "ele não conhece este tipo de endereço"),
        _ => language.Pick($"reply code {code}", $"código de resposta {code}"),
    };

    private static ProxyServer? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Port is < 1 || uri.Host.Length == 0
            || uri.PathAndQuery is not ("" or "/")) return null;
        ProxyKind? kind = uri.Scheme switch { "socks5" or "socks5h" => ProxyKind.Socks5, "http" => ProxyKind.Http, _ => null };
        string[] signIn = uri.UserInfo.Split(':', 2);
        string user = Uri.UnescapeDataString(signIn[0]);
        string password = signIn.Length == 2 ? Uri.UnescapeDataString(signIn[1]) : "";
        bool fits = Encoding.UTF8.GetByteCount(user) <= 255 && Encoding.UTF8.GetByteCount(password) <= 255;
        return kind is { } known && fits ? new ProxyServer(known, uri.DnsSafeHost, uri.Port, user.Length > 0 ? user : null, password)
            : null;
    }
}
