using System.Globalization;
using Trama.Tracing;

namespace Trama.Rows.Spans;

/// <summary>What the semantic conventions (https://opentelemetry.io/docs/specs/semconv/) call what an exchange is about.</summary>
internal static class Conventions
{
    private const int ClientFault = 400;
    private const int ServerFault = 500;

    private static readonly Dictionary<string, string> s_databases = new()
    {
        ["postgresql"] = "postgresql",
        ["mysql"] = "mysql",
        ["mysql-compressed"] = "mysql",
        ["mongodb"] = "mongodb",
        ["cassandra"] = "cassandra",
        ["cassandra-segments"] = "cassandra",
        ["tds"] = "microsoft.sql_server",
        ["resp"] = "redis",
        ["memcached"] = "memcached",
    };

    private static readonly Dictionary<string, string> s_messaging = new()
    {
        ["kafka"] = "kafka",
        ["amqp"] = "rabbitmq",
        ["nats"] = "nats",
        ["mqtt"] = "mqtt",
        ["stomp"] = "stomp",
    };

    /// <summary>Writes the attributes of what was asked, and how it ended.</summary>
    public static void Write(SpanAttributes attributes, Exchange exchange)
    {
        string operation = SpanAttributes.Said(exchange.Operation.Span), status = SpanAttributes.Said(exchange.Status.Span);
        string protocol = exchange.Protocol ?? "";
        if (IsHttp(protocol)) Http(attributes, protocol, operation, status);
        else if (protocol == "grpc") Rpc(attributes, operation, status);
        else if (s_databases.TryGetValue(protocol, out string? database)) Database(attributes, database, exchange, operation, status);
        else if (s_messaging.TryGetValue(protocol, out string? system)) Messaging(attributes, system, operation);
        else Other(attributes, protocol, operation, status);
        if (exchange.Failed == true) attributes.Add("error.type", IsHttp(protocol) ? Code(status) : status.Length > 0 ? status : "_OTHER");
    }

    /// <summary>Whether the span of a side is one of an error: of HTTP, a client's fault is none of the server's.</summary>
    public static bool IsError(Exchange exchange, bool ofServer)
    {
        if (exchange.Failed != true) return false;
        if (!ofServer || !IsHttp(exchange.Protocol ?? "")) return true;
        string code = Code(SpanAttributes.Said(exchange.Status.Span));
        return !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number is < ClientFault or >= ServerFault;
    }

    private static bool IsHttp(string protocol) => protocol is "http1" or "http2";

    private static void Http(SpanAttributes attributes, string protocol, string operation, string status)
    {
        (string method, string target) = Cut(operation, ' ');
        (string path, string query) = Cut(target, '?');
        attributes.Add("http.request.method", method);
        attributes.Add("url.path", path);
        attributes.Add("url.query", query);
        if (long.TryParse(Code(status), NumberStyles.None, CultureInfo.InvariantCulture, out long code))
            attributes.Add("http.response.status_code", code);
        attributes.Add("network.protocol.name", "http");
        attributes.Add("network.protocol.version", protocol == "http2" ? "2" : "1.1");
    }

    // The operation is /package.Service/Method.
    private static void Rpc(SpanAttributes attributes, string operation, string status)
    {
        string[] parts = operation.Split('/');
        attributes.Add("rpc.system", "grpc");
        if (parts is ["", var service, var method])
        {
            attributes.Add("rpc.service", service);
            attributes.Add("rpc.method", method);
        }

        if (long.TryParse(Code(status), NumberStyles.None, CultureInfo.InvariantCulture, out long code))
            attributes.Add("rpc.grpc.status_code", code);
    }

    private static void Database(SpanAttributes attributes, string system, Exchange exchange, string operation, string status)
    {
        attributes.Add("db.system.name", system);
        attributes.Add("db.operation.name", Cut(operation, ' ').First);
        attributes.Add("db.query.text", operation);
        attributes.Add("db.query.summary", exchange.Group.Span);
        if (exchange.Failed == true) attributes.Add("db.response.status_code", status);
    }

    private static void Messaging(SpanAttributes attributes, string system, string operation)
    {
        (string name, string destination) = Cut(operation, ' ');
        attributes.Add("messaging.system", system);
        attributes.Add("messaging.operation.name", name);
        attributes.Add("messaging.destination.name", Cut(destination, ' ').First);
    }

    private static void Other(SpanAttributes attributes, string protocol, string operation, string status)
    {
        if (protocol == "dns") attributes.Add("dns.question.name", Cut(operation, ' ').After);
        attributes.Add("network.protocol.name", protocol);
        attributes.Add("trama.operation", operation);
        attributes.Add("trama.status", status);
    }

    // "404 Not Found" and "0 OK" begin with their numbers.
    private static string Code(string status) => Cut(status, ' ').First;

    private static (string First, string After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and int end ? (text[..end], text[(end + 1)..]) : (text, "");
}
