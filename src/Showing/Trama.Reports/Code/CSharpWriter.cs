using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>An exchange in C#: a request of HTTP by HttpClient, any other in its very bytes.</summary>
internal sealed class CSharpWriter(bool withCredentials) : ICodeWriter
{
    // Content fields go to the content (System.Net.Http).
    private static readonly HashSet<string> OfContent = new(StringComparer.OrdinalIgnoreCase)
    {
        "allow", "content-disposition", "content-language", "content-location", "content-md5", "content-range", "content-type", "expires",
        "last-modified",
    };

    /// <inheritdoc/>
    public string Remark => "//";

    /// <inheritdoc/>
    public string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields) =>
        HttpRequestParts.Of(exchange, fields, withCredentials) is { } request ? OfHttp(connection, exchange, request)
        // Bytes may hold a credential anywhere.
        : withCredentials && exchange.Request is { IsHeadCut: false } raw ? OfBytes(connection, raw.Head.Span)
        : null;

    private static string OfHttp(Connection connection, Exchange exchange, HttpRequestParts request)
    {
        string url = $"{(connection.Tls is null ? "http" : "https")}://{connection.Server}{(request.Target.StartsWith('/') ? "" : "/")}"
            + request.Target;
        var code = new StringBuilder();
        code.Append("{\n    using var client = new System.Net.Http.HttpClient();\n");
        code.Append("    var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };\n");
        code.Append("    Uri.TryCreate(").Append(CSharpText.Quote(url)).Append(", options, out Uri? url);\n");
        code.Append("    using var request = new System.Net.Http.HttpRequestMessage(new System.Net.Http.HttpMethod(")
            .Append(CSharpText.Quote(request.Method)).Append("), url);\n");
        if (exchange.Protocol != "http1") code.Append("    request.Version = System.Net.HttpVersion.Version20;\n")
            .Append("    request.VersionPolicy = System.Net.Http.HttpVersionPolicy.RequestVersionExact;\n");
        bool hasContent = request.Body.Length > 0;
        if (hasContent) code.Append("    request.Content = new System.Net.Http.ByteArrayContent(").Append(CSharpText.Bytes(request.Body))
            .Append(");\n");
        foreach ((string name, string value) in request.Fields)
        {
            bool isOfContent = OfContent.Contains(name);
            if (isOfContent && !hasContent) continue;
            code.Append(isOfContent ? "    request.Content.Headers" : "    request.Headers").Append(".TryAddWithoutValidation(")
                .Append(CSharpText.Quote(name)).Append(", ").Append(CSharpText.Quote(value)).Append(");\n");
        }

        code.Append("    using var reply = await client.SendAsync(request);\n");
        return code.Append("    Console.WriteLine($\"{(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync()}\");\n}").ToString();
    }

    private static string OfBytes(Connection connection, ReadOnlySpan<byte> said)
    {
        var code = new StringBuilder("{\n    using var client = new System.Net.Sockets.TcpClient();\n");
        code.Append("    await client.ConnectAsync(").Append(CSharpText.Quote($"{connection.Server.Address}")).Append(", ")
            .Append(ShellText.Number(connection.Server.Port)).Append(");\n");
        code.Append("    await client.GetStream().WriteAsync(").Append(CSharpText.Bytes(said)).Append(");\n");
        code.Append("    byte[] reply = new byte[65536];\n    int length = await client.GetStream().ReadAsync(reply);\n");
        return code.Append("    Console.WriteLine(Convert.ToHexString(reply, 0, length));\n}").ToString();
    }
}
