using System.Text;
using Trama.Framing.Credentials;
using Trama.Framing.Http2;
using Trama.Replay.Adapting.Http1;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Recording;

namespace Trama.Replay.Sending;

/// <summary>Whether a request holds what lets somebody in. What may be such counts as such.</summary>
public static class RequestCredentials
{
    // What is longer is searched so far: logins are short.
    private const int Searched = 64 << 10;

    // HELLO 3 AUTH, CONFIG SET requirepass, ACL SETUSER.
    private static readonly string[] InSettings = ["auth", "pass", "setuser"];

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
            "http1" => HttpHead.Read(request.Bytes) is not { } head || head.Fields.Any(IsSecret) || Holds(head.Start) || Holds(head.Body),
            "http2" or "grpc" => StreamMessage.Fields(request.Bytes).Any(field => IsSecret((field.Name, field.Value)))
                || StreamMessage.Read(request.Bytes).Any(frame => frame.Header.Type == FrameType.Data && Holds(frame.Payload)),
            // Of what no protocol is known for, the text alone tells.
            null => Holds(request.Bytes),
            // HELLO 3 AUTH name password, MIGRATE, CONFIG SET requirepass, ACL SETUSER.
            "resp" when verb is "HELLO" or "MIGRATE" or "CONFIG" or "ACL" or "SENTINEL" => Says(request),
            _ => Verbs.Contains(verb) || InVerbs.Any(part => verb.Contains(part, StringComparison.Ordinal))
                || operation.Contains("password", StringComparison.OrdinalIgnoreCase)
                || operation.Contains("identified ", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool IsSecret((string Name, string Value) field) =>
        Credential.Is(Encoding.Latin1.GetBytes(field.Name), Encoding.Latin1.GetBytes(field.Value)) || Holds(field.Value);

    // A target of HTTP, or an address in one of its fields.
    private static bool Holds(string text) => CredentialsInText.Any(Encoding.Latin1.GetBytes(text));

    private static bool Holds(ReadOnlyMemory<byte> said) => CredentialsInText.Any(said.Span[..Math.Min(Searched, said.Length)]);

    // A setting or a user of Redis.
    private static bool Says(RecordedMessage request)
    {
        string said = Encoding.Latin1.GetString(request.Bytes.Span[..Math.Min(Searched, request.Bytes.Length)]);
        return InSettings.Any(part => said.Contains(part, StringComparison.OrdinalIgnoreCase));
    }
}
