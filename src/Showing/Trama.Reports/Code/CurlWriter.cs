using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>A request of HTTP in curl's words.</summary>
internal sealed class CurlWriter(bool withCredentials) : ICodeWriter
{
    /// <inheritdoc/>
    public string Remark => "#";

    /// <inheritdoc/>
    public string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields)
    {
        if (HttpRequestParts.Of(exchange, fields, withCredentials) is not { } request) return null;
        bool isTls = connection.Tls is not null;
        var line = new StringBuilder();
        bool isPiped = !ShellText.IsArgument(request.Body);
        if (isPiped) line.Append(ShellText.Printing(request.Body)).Append(" | ");
        line.Append("curl -g --path-as-is ");
        line.Append(exchange.Protocol == "http1" ? "--http1.1" : isTls ? "--http2" : "--http2-prior-knowledge");
        // Of what has no body curl must know, or it waits for one.
        if (request is { Method: "HEAD", Body.Length: 0 }) line.Append(" --head");
        else line.Append(" -X ").Append(ShellText.Quote(request.Method));
        if (!request.IsPlainTarget) line.Append(" --request-target ").Append(ShellText.Quote(Encoding.Latin1.GetBytes(request.Target)));
        foreach ((string field, string value) in request.Fields)
        {
            // A field that says nothing ends in a semicolon.
            line.Append(" -H ")
                .Append(ShellText.Quote(Encoding.Latin1.GetBytes(value.Length == 0 ? $"{field};" : $"{field}: {value}")));
        }

        if (isPiped) line.Append(" --data-binary @-");
        else if (request.Body.Length > 0) line.Append(" --data-raw ").Append(ShellText.Quote(request.Body));
        if (isTls && connection.Tls?.ServerName is { Length: > 0 } name)
        {
            line.Append(" --connect-to ").Append(ShellText.Quote($"::{connection.Server}"));
            line.Append(' ').Append(Url("https", $"{name}:{connection.Server.Port}", request));
        }
        else line.Append(' ').Append(Url(isTls ? "https" : "http", $"{connection.Server}", request));
        return line.ToString();
    }

    private static string Url(string scheme, string host, HttpRequestParts request) =>
        ShellText.Quote($"{scheme}://{host}{(request.IsPlainTarget ? request.Target : "/")}");
}
