using Trama.Replay.Adapting;
using Trama.Replay.Adapting.Http1;
using Trama.Replay.Adapting.Http2;

namespace Trama.Replay.Sending;

/// <summary>Cookies that replies of HTTP set (RFC 6265 section 4.1).</summary>
internal static class SetCookies
{
    // As many as browsers keep for a site.
    private const int Most = 180;

    /// <summary>Takes those of a reply.</summary>
    public static void Take(LiveMessage reply, Dictionary<string, string> cookies)
    {
        IEnumerable<string> fields = reply.Protocol switch
        {
            "http1" => HttpHead.Read(reply.Bytes)?.All("Set-Cookie") ?? [],
            "http2" or "grpc" => StreamMessage.Fields(reply.Bytes).Where(field => field.Name == "set-cookie").Select(field => field.Value),
            _ => [],
        };
        foreach (string field in fields)
        {
            string pair = field.Split(';')[0];
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) continue;
            string name = pair[..at].Trim();
            if (cookies.Count < Most || cookies.ContainsKey(name)) cookies[name] = pair[(at + 1)..].Trim();
        }
    }

    /// <summary>The value of a Cookie field in which those that were set now have their new values.</summary>
    public static string Carried(string field, IReadOnlyDictionary<string, string> cookies) =>
        string.Join("; ", field.Split(';').Select(pair => pair.Trim()).Select(pair =>
            pair.IndexOf('=', StringComparison.Ordinal) is > 0 and int at && cookies.TryGetValue(pair[..at], out string? value)
                ? $"{pair[..at]}={value}" : pair));
}
