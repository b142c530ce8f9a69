using System.Text;
using Trama.Framing.Credentials;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>A request of HTTP as it was said, taken apart.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">What it is about: path and query.</param>
/// <param name="Fields">The fields of its head that are not the client's own business.</param>
/// <param name="Body">The body, without chunks and decompressed.</param>
internal sealed record HttpRequestParts(
    string Method, string Target, IReadOnlyList<(string Name, string Value)> Fields, byte[] Body)
{
    // The client counts, chunks and compresses by itself; the connection is another one.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-length", "transfer-encoding", "content-encoding", "connection", "keep-alive", "proxy-connection", "upgrade",
        "http2-settings", "te", "expect",
    };

    /// <summary>What stands for a credential that is withheld.</summary>
    public const string WithheldMark = "WITHHELD";

    /// <summary>Takes a request apart; null where it is none of HTTP.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="said">The fields of its request, of HTTP/2; empty where they are not known.</param>
    /// <param name="withCredentials">Whether credentials are told.</param>
    public static HttpRequestParts? Of(Exchange exchange, IReadOnlyList<HeaderField> said, bool withCredentials)
    {
        if (exchange.Request is not { } request || exchange.Protocol is not ("http1" or "http2" or "grpc")) return null;
        string operation = Encoding.Latin1.GetString(exchange.Operation.Span);
        int space = operation.IndexOf(' ', StringComparison.Ordinal);
        // Calls of gRPC are named by their path alone, and are all made by POST.
        bool isCall = exchange.Protocol == "grpc" && operation is ['/', ..];
        if (space <= 0 && !isCall) return null;
        (string method, string target) = isCall ? ("POST", operation) : (operation[..space], operation[(space + 1)..]);
        List<(string, string)> fields = [];
        if (exchange.Protocol == "http1")
        {
            string head = Encoding.Latin1.GetString(request.Head.Span);
            int end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            // A line feed alone ends a line for many servers, too.
            string[] lines = [.. (end < 0 ? head : head[..end]).Split('\n').Select(line => line.TrimEnd('\r'))];
            // The words leave credentials out.
            if (withCredentials && lines[0].Split(' ') is [_, var whole, ..]) target = whole;
            foreach (string line in lines.Skip(1))
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0) Add(line[..colon], line[(colon + 1)..].Trim());
            }
        }
        else foreach (HeaderField field in said)
        {
            if (field.Name == ":authority") Add("Host", field.Value);
            else if (field.Name == ":path" && withCredentials) target = field.Value;
            else if (field.Name is not [':', ..]) Add(field.Name, field.Value);
        }

        if (target.Contains('\0', StringComparison.Ordinal)) return null;
        byte[] body = withCredentials ? request.BodyHead.ToArray() : Withheld(request.BodyHead.Span);
        return new HttpRequestParts(method, target, fields, body);

        void Add(string name, string value)
        {
            // No argument of a program can hold a zero, and no field an end of line.
            if (Own.Contains(name) || !IsName(name) || value.AsSpan().ContainsAny('\0', '\r', '\n')) return;
            fields.Add((name, withCredentials ? value : Shown(name, value)));
        }
    }

    /// <summary>Whether a target needs no quoting in a URL.</summary>
    public bool IsPlainTarget => Target.StartsWith('/') && Target.All(character => char.IsAsciiLetterOrDigit(character)
        || "/-._~!$&'()*+,;=:@%?".Contains(character, StringComparison.Ordinal));

    // Of an address, such as that of Referer, the rest is told.
    private static string Shown(string name, string value)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(value);
        return Credential.Is(Encoding.Latin1.GetBytes(name), bytes) ? WithheldMark : Encoding.Latin1.GetString(Withheld(bytes));
    }

    private static byte[] Withheld(ReadOnlySpan<byte> text) => CredentialsInText.Without(text, Encoding.ASCII.GetBytes(WithheldMark));

    private static bool IsName(string name) => name.All(character => char.IsAsciiLetterOrDigit(character)
        || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
