using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Nats;

/// <summary>
/// NATS: the server's address in INFO, where everybody may come in; the subjects that clients make up for answers, and the numbers of
/// their subscriptions.
/// </summary>
internal sealed class NatsAdaptation : Adaptation
{
    private const string Inbox = "_INBOX.";

    // A client may subscribe without end; then the oldest subscription goes.
    private const int MostSubscriptions = 4096;

    private static readonly string[] OfTls = ["tls_required", "tls_verify", "tls_available"];
    private static readonly string[] OfLogin = ["auth_required", "nonce", "xkey"];
    private static readonly string[] OfCluster = ["connect_urls", "ws_connect_urls"];

    private readonly List<(string Subject, string Number)> _subscriptions = [];

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked, Occasion occasion) =>
        asked.Operation.Span.SequenceEqual("PING"u8) ? "PONG\r\n"u8.ToArray() : null;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        string[] words = Line(message.Span, out int end);
        if (from == Side.Server)
        {
            // How often a server tells of itself, and what it calls its subscriptions, is its own business.
            if (words[0] == "INFO") return Encoding.ASCII.GetBytes("INFO");
            if (words is not (["MSG" or "HMSG", ..] and { Length: >= 4 })) return message;
            (words[2], words[1]) = ("", words[1].StartsWith(Inbox, StringComparison.Ordinal) ? Inbox : words[1]);
        }
        else if (words[0] == "CONNECT") return Encoding.ASCII.GetBytes("CONNECT");
        else if (Place(words) is { } place) words[place] = "";
        else return message;

        return (byte[])[.. Encoding.Latin1.GetBytes(string.Join(' ', words)), .. message.Span[end..]];
    }

    /// <inheritdoc/>
    public override void Hear(LiveMessage message)
    {
        string[] words = Line(message.Bytes.Span, out _);
        if (words is not (["SUB", _, ..] and { Length: >= 3 })) return;
        if (_subscriptions.Count >= MostSubscriptions) _subscriptions.RemoveAt(0);
        _subscriptions.Add((words[1], words[^1]));
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        string[] words = Line(saying.Bytes.Span, out int end);
        if (saying.Occasion.Self == Side.Client) return saying.Bytes;
        if (words[0] == "INFO") return Info(saying);
        if (words is not (["MSG" or "HMSG", ..] and { Length: >= 4 })) return saying.Bytes;
        if (saying is { AskedThen: { } then, Asked: { } asked } && Answer(then.Bytes.Span) == words[1])
            words[1] = Answer(asked.Bytes.Span) ?? words[1];
        string subject = words[1];
        if (_subscriptions.FindLast(open => Covers(open.Subject, subject)) is { Number: { } number }) words[2] = number;
        return (byte[])[.. Encoding.Latin1.GetBytes(string.Join(' ', words)), .. saying.Bytes.Span[end..]];
    }

    private static ReadOnlyMemory<byte> Info(in Saying saying)
    {
        string line = Encoding.UTF8.GetString(saying.Bytes.Span);
        try
        {
            if (JsonNode.Parse(line["INFO ".Length..]) is not JsonObject info) return saying.Bytes;
            foreach (string name in (string[])[.. OfTls, .. OfLogin, .. OfCluster]) info.Remove(name);
            info["host"] = ServerNames.Address(saying.Occasion);
            info["port"] = saying.Occasion.LiveServer.Port;
            return Encoding.UTF8.GetBytes($"INFO {info.ToJsonString()}\r\n");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return saying.Bytes;
        }
    }

    // Where in a request the client names what it made up.
    private static int? Place(string[] words) => words switch
    {
        ["PUB", _, _, _] or ["HPUB", _, _, _, _] => 2,
        ["SUB", ['_', 'I', 'N', 'B', 'O', 'X', '.', ..], ..] => 1,
        _ => null,
    };

    private static string? Answer(ReadOnlySpan<byte> request)
    {
        string[] words = Line(request, out _);
        return words is ["PUB", _, _, _] or ["HPUB", _, _, _, _] ? words[2] : null;
    }

    private static string[] Line(ReadOnlySpan<byte> message, out int end)
    {
        end = message.IndexOf("\r\n"u8);
        if (end < 0) end = message.Length;
        string[] words = Encoding.Latin1.GetString(message[..end]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [""];
        words[0] = words[0].ToUpperInvariant();
        return words;
    }

    // * stands for one word, > for all that follow.
    private static bool Covers(string pattern, string subject)
    {
        string[] wanted = pattern.Split('.'), words = subject.Split('.');
        for (int at = 0; at < wanted.Length; at++)
        {
            if (wanted[at] == ">") return at < words.Length;
            if (at >= words.Length || (wanted[at] != "*" && wanted[at] != words[at])) return false;
        }

        return wanted.Length == words.Length;
    }
}
