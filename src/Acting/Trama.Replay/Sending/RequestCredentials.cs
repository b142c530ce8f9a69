using System.Text;
using Trama.Replay.Adapting.Http1;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Recording;

namespace Trama.Replay.Sending;

/// <summary>Whether a request holds what lets somebody in. What may be such counts as such.</summary>
public static class RequestCredentials
{
    // What is longer is searched so far: logins are short.
    private const int Searched = 64 << 10;

    private static readonly string[] InNames =
        ["authorization", "cookie", "token", "api-key", "apikey", "api_key", "secret", "passw", "signature", "credential", "x-auth"];

    // By protocol: AUTH_RESPONSE, SaslAuthenticate, sasl-auth, LOGIN7, Logon, Connection.Start-Ok, SESSION_SETUP.
    private static readonly string[] InVerbs = ["AUTH", "SASL", "LOGIN", "LOGON", "PASS", "START-OK", "SESSION_SETUP", "APOP"];

    private static readonly HashSet<string> Verbs = ["CONNECT", "STOMP", "BIND", "STARTUP", "OPER", "CHANGE_USER"];

    /// <summary>Whether a request holds a password, a token or a cookie.</summary>
    public static bool Has(RecordedMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string operation = Encoding.UTF8.GetString(request.Operation.Span), verb = operation.Split(' ', 2)[0].ToUpperInvariant();
        return request.Protocol switch
        {
            "http1" => HttpHead.Read(request.Bytes) is not { } head || head.Names.Any(IsSecret) || InTarget(head.Start) || Says(request),
            "http2" or "grpc" => StreamMessage.Fields(request.Bytes)
                .Any(field => IsSecret(field.Name) || (field.Name == ":path" && InTarget(field.Value))) || Says(request),
            // HELLO 3 AUTH name password, MIGRATE, CONFIG SET requirepass, ACL SETUSER.
            "resp" when verb is "HELLO" or "MIGRATE" or "CONFIG" or "ACL" or "SENTINEL" => Says(request),
            _ => Verbs.Contains(verb) || InVerbs.Any(part => verb.Contains(part, StringComparison.Ordinal))
                || operation.Contains("password", StringComparison.OrdinalIgnoreCase)
                || operation.Contains("identified ", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool IsSecret(string name) => InNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    // A name of the query, or somebody before the host.
    private static bool InTarget(string target) =>
        (target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query && IsSecret(target[query..]))
        || target.Contains("://", StringComparison.Ordinal) && target.Contains('@', StringComparison.Ordinal);

    private static bool Says(RecordedMessage request)
    {
        string said = Encoding.Latin1.GetString(request.Bytes.Span[..Math.Min(Searched, request.Bytes.Length)]);
        string[] sought = request.Protocol == "resp" ? ["auth", "pass", "setuser"]
            : ["password", "passwd", "client_secret", "refresh_token"];
        return sought.Any(part => said.Contains(part, StringComparison.OrdinalIgnoreCase));
    }
}
