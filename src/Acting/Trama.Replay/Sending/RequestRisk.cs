using System.Text;
using Trama.Framing;
using Trama.Replay.Adapting;
using Trama.Replay.Adapting.Http1;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Recording;
using Trama.Replay.Sending.Risks;
using Trama.Tracing;

namespace Trama.Replay.Sending;

/// <summary>What saying a request again may do. What is not known to read is taken to write.</summary>
public static class RequestRisk
{
    // RFC 9110 section 9.2.1; methods are told by case, too.
    private static readonly HashSet<string> SafeMethods = ["GET", "HEAD", "OPTIONS", "TRACE"];

    // A safe method may stand for another one.
    private static readonly HashSet<string> OtherMethod =
        new(["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What the client of a recorded connection says when it is played.</summary>
    public static IEnumerable<RecordedMessage> Requests(RecordedConnection recorded)
    {
        RecordedConnection played = recorded.IsSealed ? recorded : new Adaptations().Of(recorded.Protocol).ToSend(recorded);
        return played.Messages.Where(message => message.From == Side.Client);
    }

    /// <summary>Whether a request may change something on the server.</summary>
    public static bool Writes(RecordedMessage request)
    {
        // What answers has a status instead: PONG, Basic.Ack.
        string words = Encoding.UTF8.GetString((request.Operation.IsEmpty ? request.Status : request.Operation).Span);
        ReadOnlySpan<byte> said = request.Bytes.Span;
        if (SqlSpeech.OfProtocol(request.Protocol) is { } speech) return WritesSql(request, words, speech);
        return request.Protocol switch
        {
            // GOAWAY and Close ask for nothing; a goodbye of others may (SHUTDOWN of Redis).
            "http2" or "grpc" or "websocket" when (request.Traits & MessageTraits.Goodbye) != 0 => false,
            "http1" => WritesHttp(words, said.IsEmpty ? [] : HttpHead.Read(request.Bytes)?.Names),
            "http2" => WritesHttp(words, StreamMessage.Fields(request.Bytes).Select(field => field.Name)),
            "dns" => !RequestBytes.IsDnsQuery(said),
            _ => !ReadingVerbs.Include(request.Protocol, words.TrimEnd(';')) || WritesNevertheless(request.Protocol, words, said),
        };
    }

    private static bool WritesHttp(string words, IEnumerable<string>? fields) =>
        !SafeMethods.Contains(words.Split(' ', 2)[0]) || words.Contains("_method=", StringComparison.OrdinalIgnoreCase)
        || fields?.Any(OtherMethod.Contains) != false;

    private static bool WritesSql(RecordedMessage request, string words, SqlSpeech speech)
    {
        List<string> statements = SqlStatements.Of(request.Protocol, request.Bytes.Span);
        // Of what is missing nobody knows what it says.
        if (statements.Count > 0 && !request.IsWhole) return true;
        // What says nothing changes nothing.
        statements.RemoveAll(string.IsNullOrWhiteSpace);
        if (statements.Exists(statement => SqlRisk.Writes(statement, speech))) return true;
        if (statements.Count > 0 && (words.EndsWith('…') || request.Protocol != "postgresql")) return false;
        if (statements.Count == 0 && speech.Commands.Contains(words.Split(' ', 2)[0])) return false;
        const string prepares = "STMT_PREPARE ";
        return SqlRisk.Writes(words.StartsWith(prepares, StringComparison.Ordinal) ? words[prepares.Length..] : words, speech);
    }

    // Words that read in most requests, but for what else these say.
    private static bool WritesNevertheless(string? protocol, string words, ReadOnlySpan<byte> said) => protocol switch
    {
        "mqtt" => words.StartsWith("CONNECT", StringComparison.Ordinal) && !RequestBytes.IsNobodysConnect(said),
        "nats" => words.StartsWith("SUB", StringComparison.OrdinalIgnoreCase) && RequestBytes.JoinsGroup(said),
        "memcached" => words.StartsWith("mg", StringComparison.OrdinalIgnoreCase) && RequestBytes.TouchesMeta(said),
        // What is fetched becomes seen (RFC 3501 section 6.4.5), unless it is only peeked at; BINARY is of RFC 3516.
        "imap" => words.EndsWith('…') || words.ToUpperInvariant() is var upper && upper.Contains("FETCH", StringComparison.Ordinal)
            && (upper.Contains("BODY[", StringComparison.Ordinal) || upper.Contains("BINARY[", StringComparison.Ordinal)
                || upper.Replace("RFC822.SIZE", "", StringComparison.Ordinal).Replace("RFC822.HEADER", "", StringComparison.Ordinal)
                    .Contains("RFC822", StringComparison.Ordinal)),
        _ => false,
    };
}
