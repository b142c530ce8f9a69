using System.Globalization;
using System.Text;
using System.Text.Json;
using Trama.Captures;
using Trama.Rows.Spans;
using Trama.Tracing;

namespace Trama.Rows.Tests.Spans;

/// <summary>Exchanges as a collector gets them, read by the official definitions.</summary>
public class SpanSinkTests
{
    private static readonly Dictionary<string, string> s_headers = new() { ["x-key"] = "secret" };

    [Fact]
    public void Every_exchange_of_every_capture_has_its_spans()
    {
        using var collector = new Collector();
        using var sink = new SpanSink(collector.Address, s_headers, waits: true);
        var told = new ToldExchanges();
        foreach (string path in CapturesAtHand.All.Where((_, i) => i % 5 == 0))
        {
            Trace(path, sink);
            Trace(path, told);
        }

        sink.Complete();
        Assert.Equal((told.Count, 0, 0), (sink.Delivery.Sent, sink.Delivery.Dropped, sink.Delivery.Rejected));
        Assert.True(told.Count > 200);
        Assert.All(collector.Requests, request => Assert.Equal(
            ("/v1/traces", "application/x-protobuf", "secret"), (request.Path, request.Type, request.Key)));
        JsonElement[] spans = [.. collector.Requests.SelectMany(request => OfficialOtlp.Spans(OfficialOtlp.Read(request.Body)))
            .Select(of => of.Span)];
        Assert.Equal(told.Count, spans.Count(span => Kind(span) == "Client"));
        Assert.Equal(told.WithServerTime, spans.Count(span => Kind(span) == "Server"));
        Assert.All(spans, span =>
        {
            Assert.Equal((16, 8), (Bytes(span, "traceId").Length, Bytes(span, "spanId").Length));
            Assert.NotEmpty(span.GetProperty("name").GetString()!);
            Assert.True(Time(span, "startTimeUnixNano") <= Time(span, "endTimeUnixNano"));
        });
    }

    [Fact]
    public void A_request_of_http_is_told_in_the_words_of_the_conventions()
    {
        (string Service, JsonElement Span)[] spans = SpansOf(HttpConversation.Capture(
            "GET /users/7?x=1 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
        Assert.Equal(["10.0.0.1", "10.0.0.2:80"], spans.Select(span => span.Service));
        (JsonElement client, JsonElement server) = (spans[0].Span, spans[1].Span);
        Assert.Equal("GET /users/:id", client.GetProperty("name").GetString());
        Assert.Equal("Client", Kind(client));
        Assert.Equal("Error", client.GetProperty("status").GetProperty("code").GetString());
        Assert.Equal("Error", server.GetProperty("status").GetProperty("code").GetString());
        Dictionary<string, string> expected = new()
        {
            ["http.request.method"] = "GET",
            ["url.path"] = "/users/7",
            ["url.query"] = "x=1",
            ["http.response.status_code"] = "503",
            ["error.type"] = "503",
            ["network.protocol.name"] = "http",
            ["network.protocol.version"] = "1.1",
            ["network.transport"] = "tcp",
            ["server.address"] = "10.0.0.2",
            ["server.port"] = "80",
        };
        foreach ((string key, string value) in expected)
        {
            Assert.Equal(value, OfficialOtlp.Attribute(client, key));
            Assert.Equal(value, OfficialOtlp.Attribute(server, key));
        }

        // The server's span lies within the client's, half of the path's time after the request.
        Assert.Equal(Bytes(client, "spanId"), Bytes(server, "parentSpanId"));
        Assert.Equal(Bytes(client, "traceId"), Bytes(server, "traceId"));
        long network = long.Parse(OfficialOtlp.Attribute(client, "trama.network_ns")!, CultureInfo.InvariantCulture);
        long serverNs = long.Parse(OfficialOtlp.Attribute(client, "trama.server_ns")!, CultureInfo.InvariantCulture);
        Assert.Equal(Time(client, "startTimeUnixNano") + (network / 2), Time(server, "startTimeUnixNano"));
        Assert.Equal(serverNs, Time(server, "endTimeUnixNano") - Time(server, "startTimeUnixNano"));
        Assert.False(client.TryGetProperty("parentSpanId", out _));
    }

    [Fact]
    public void The_clients_fault_is_no_error_of_the_server()
    {
        (string, JsonElement Span)[] spans = SpansOf(HttpConversation.Capture(
            "GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        Assert.True(spans[0].Span.TryGetProperty("status", out _));
        Assert.False(spans[1].Span.TryGetProperty("status", out _));
    }

    [Theory]
    [InlineData("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true)]
    [InlineData("TraceParent:  00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ", true)]
    [InlineData("traceparent: 01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", true)]
    [InlineData("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", false)]
    [InlineData("traceparent: ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false)]
    [InlineData("traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01", false)]
    [InlineData("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false)]
    [InlineData("traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false)]
    [InlineData("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e473", false)]
    [InlineData("x-traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false)]
    public void The_parent_is_the_one_that_the_request_names(string header, bool isTaken)
    {
        (string, JsonElement Span)[] spans = SpansOf(HttpConversation.Capture(
            $"GET / HTTP/1.1\r\nHost: a\r\n{header}\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        JsonElement client = spans[0].Span;
        Assert.Equal(isTaken, client.TryGetProperty("parentSpanId", out _));
        Assert.Equal(isTaken, Convert.ToHexStringLower(Bytes(client, "traceId")) == "4bf92f3577b34da6a3ce929d0e0e4736");
        if (isTaken) Assert.Equal("00f067aa0ba902b7", Convert.ToHexStringLower(Bytes(client, "parentSpanId")));
    }

    [Theory]
    [InlineData("text/plain", "http.request.method")]
    [InlineData("application/grpc", "rpc.system")]
    public void The_parent_is_found_in_compressed_headers_too(string type, string attribute)
    {
        const string parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        byte[] fields = [.. Field(":method", "POST"), .. Field(":path", "/a/b"), .. Field("content-type", type)];
        // The second request names what the first one put into the table (RFC 7541 section 6.1); the third has none.
        byte[] first = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0,
            .. Headers(1, [.. fields, .. Field("traceparent", parent, isIndexed: true)])];
        byte[] done = Field(":status", "200");
        (string, JsonElement Span)[] spans = SpansOf(HttpConversation.Capture([first, Headers(1, done),
            Headers(3, [.. fields, 0x80 | 62]), Headers(3, done), Headers(5, fields), Headers(5, done)]));
        JsonElement[] clients = [.. spans.Select(of => of.Span).Where(span => Kind(span) == "Client")];
        Assert.Equal(3, clients.Length);
        Assert.All(clients, client => Assert.NotNull(OfficialOtlp.Attribute(client, attribute)));
        Assert.All(clients[..2], client =>
        {
            Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", Convert.ToHexStringLower(Bytes(client, "traceId")));
            Assert.Equal("00f067aa0ba902b7", Convert.ToHexStringLower(Bytes(client, "parentSpanId")));
        });
        Assert.False(clients[2].TryGetProperty("parentSpanId", out _));
    }

    [Fact]
    public void A_collector_that_is_away_costs_the_exchanges_and_that_is_told()
    {
        Uri nobody;
        using (var collector = new Collector()) nobody = collector.Address;
        using var sink = new SpanSink(nobody, s_headers, waits: false);
        Trace(HttpConversation.Capture("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), sink);
        sink.Complete();
        Assert.Equal((0, 1), (sink.Delivery.Sent, sink.Delivery.Dropped));
        Assert.NotEmpty(sink.Delivery.LastFailure);
    }

    [Fact]
    public void A_collector_that_is_busy_is_asked_again_and_one_that_refuses_is_not()
    {
        byte[] capture = HttpConversation.Capture("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var busy = new Collector(i => (i == 0 ? 503 : 200, []));
        using (var sink = new SpanSink(busy.Address, s_headers, waits: true))
        {
            Trace(capture, sink);
            sink.Complete();
            Assert.Equal((1, 0, 2), (sink.Delivery.Sent, sink.Delivery.Dropped, busy.Requests.Count));
        }

        using var strict = new Collector(_ => (400, []));
        using (var sink = new SpanSink(strict.Address, s_headers, waits: true))
        {
            Trace(capture, sink);
            sink.Complete();
            Assert.Equal((0, 1, 1), (sink.Delivery.Sent, sink.Delivery.Dropped, strict.Requests.Count));
            Assert.Equal("HTTP 400", sink.Delivery.LastFailure);
        }
    }

    [Fact]
    public void Spans_that_a_collector_does_not_want_are_counted()
    {
        // partial_success { rejected_spans: 300, error_message: "no" }
        using var picky = new Collector(_ => (200, [0x0a, 0x07, 0x08, 0xac, 0x02, 0x12, 0x02, (byte)'n', (byte)'o']));
        using var sink = new SpanSink(picky.Address, s_headers, waits: true);
        Trace(HttpConversation.Capture("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), sink);
        sink.Complete();
        Assert.Equal(300, sink.Delivery.Rejected);
    }

    private static byte[] Field(string name, string value, bool isIndexed = false) =>
        [(byte)(isIndexed ? 0x40 : 0), (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    // A stream's first and last frame at once: END_HEADERS and END_STREAM.
    private static byte[] Headers(byte stream, byte[] block) => [0, 0, (byte)block.Length, 1, 5, 0, 0, 0, stream, .. block];

    private static (string Service, JsonElement Span)[] SpansOf(byte[] capture)
    {
        using var collector = new Collector();
        using var sink = new SpanSink(collector.Address, s_headers, waits: true);
        Trace(capture, sink);
        sink.Complete();
        return [.. OfficialOtlp.Spans(OfficialOtlp.Read(Assert.Single(collector.Requests).Body))];
    }

    private static void Trace(byte[] capture, ITraceSink sink)
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, capture);
        Trace(path, sink);
        File.Delete(path);
    }

    private static void Trace(string path, ITraceSink sink)
    {
        try
        {
            using CaptureFile file = CaptureFile.Open(path);
            var tracker = new ConnectionTracker(new TracingOptions(), sink);
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
            tracker.Complete();
        }
        catch (CaptureException)
        {
            // Some captures at hand are none.
        }
    }

    private static string? Kind(JsonElement span) => span.GetProperty("kind").GetString();

    private static byte[] Bytes(JsonElement span, string name) => span.GetProperty(name).GetBytesFromBase64();

    private static long Time(JsonElement span, string name) =>
        long.Parse(span.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private sealed class ToldExchanges : ITraceSink
    {
        public long Count { get; private set; }

        public int WithServerTime { get; private set; }

        public void ExchangeCompleted(Connection connection, Exchange exchange)
        {
            Count++;
            if (exchange is { Request: not null, ServerNs: not null }) WithServerTime++;
        }
    }
}
