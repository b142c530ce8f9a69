using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>A call of gRPC in grpcurl's words. What a message says cannot be told without its description.</summary>
internal sealed class GrpcurlWriter(bool withCredentials) : ICodeWriter
{
    private const int PrefixLength = 5;

    /// <inheritdoc/>
    public string Remark => "#";

    /// <inheritdoc/>
    public string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields)
    {
        if (HttpRequestParts.Of(exchange, fields, withCredentials) is not { Method: "POST", IsPlainTarget: true } request
            || exchange.Protocol == "http1" || request.Target.Count(character => character == '/') != 2) return null;
        var line = new StringBuilder();
        bool saysNothing = request.Body.Length <= PrefixLength;
        // It reads the names of fields from the server, or from a file.
        if (!saysNothing) line.Append("# -d: the fields are ").Append(Convert.ToHexString(request.Body.AsSpan(PrefixLength)))
            .Append("; protoc --decode names them\n");
        line.Append("grpcurl ").Append(connection.Tls is null ? "-plaintext " : "");
        foreach ((string name, string value) in request.Fields)
        {
            if (IsOwn(name)) continue;
            if (name == "Host") line.Append("-authority ").Append(ShellText.Quote(Encoding.Latin1.GetBytes(value))).Append(' ');
            else line.Append("-H ").Append(ShellText.Quote(Encoding.Latin1.GetBytes($"{name}: {value}"))).Append(' ');
        }

        line.Append(saysNothing ? "-d '{}' " : "-d @ ");
        return line.Append(ShellText.Quote($"{connection.Server}")).Append(' ').Append(ShellText.Quote(request.Target[1..])).ToString();
    }

    // It says by itself what the protocol says of a call (gRPC over HTTP/2, Requests).
    private static bool IsOwn(string name) => name is "content-type" or "user-agent" || name.StartsWith("grpc-", StringComparison.Ordinal);
}
