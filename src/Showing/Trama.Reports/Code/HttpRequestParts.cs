using System.Text;
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

    // Whatever names one of these: Proxy-Authorization, X-Vault-Token, X-Amz-Signature.
    private static readonly string[] Credentials =
        ["authorization", "cookie", "token", "api-key", "apikey", "secret", "passw", "signature", "credential", "x-auth"];

    /// <summary>What stands for a credential that is withheld.</summary>
    public const string Withheld = "WITHHELD";

    /// <summary>Takes a request apart; null where it is none of HTTP.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="withCredentials">Whether credentials are told.</param>
    public static HttpRequestParts? Of(Exchange exchange, bool withCredentials)
    {
        if (exchange.Request is not { } request || exchange.Protocol is not ("http1" or "http2" or "grpc")) return null;
        string operation = Encoding.Latin1.GetString(exchange.Operation.Span);
        int space = operation.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0) return null;
        (string method, string target) = (operation[..space], operation[(space + 1)..]);
        List<(string, string)> fields = [];
        if (exchange.Protocol == "http1")
        {
            string head = Encoding.Latin1.GetString(request.Head.Span);
            int end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            // A line feed alone ends a line for many servers, too.
            string[] lines = [.. (end < 0 ? head : head[..end]).Split('\n').Select(line => line.TrimEnd('\r'))];
            // The words leave credentials out.
            if (withCredentials && lines[0].Split(' ') is [_, var said, ..]) target = said;
            foreach (string line in lines.Skip(1))
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon <= 0 || Own.Contains(line[..colon]) || !IsName(line[..colon])) continue;
                string value = line[(colon + 1)..].Trim();
                // No argument of a program can hold a zero.
                if (value.Contains('\0', StringComparison.Ordinal)) continue;
                fields.Add((line[..colon], withCredentials || !IsCredential(line[..colon]) ? value : Withheld));
            }
        }

        if (target.Contains('\0', StringComparison.Ordinal)) return null;
        return new HttpRequestParts(method, target, fields, request.BodyHead.ToArray());
    }

    /// <summary>Whether a target needs no quoting in a URL.</summary>
    public bool IsPlainTarget => Target.StartsWith('/') && Target.All(character => char.IsAsciiLetterOrDigit(character)
        || "/-._~!$&'()*+,;=:@%?".Contains(character, StringComparison.Ordinal));

    private static bool IsCredential(string name) => Credentials.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static bool IsName(string name) => name.All(character => char.IsAsciiLetterOrDigit(character)
        || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
