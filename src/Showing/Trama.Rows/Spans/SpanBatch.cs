using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Rows.Spans;

/// <summary>
/// Spans of exchanges, as a request to a collector (ExportTraceServiceRequest of OTLP): of each exchange the client's, and within it the
/// server's, which is as long as the server's time.
/// </summary>
internal sealed class SpanBatch
{
    private const int ClientKind = 3;
    private const int ServerKind = 2;
    private const int ErrorStatus = 2;
    private const uint ParentIsKnownRemote = 0x100;
    private const uint ParentIsRemote = 0x200;

    private readonly Dictionary<SpanResource, ProtobufWriter> _spans = [];

    /// <summary>How many exchanges it has.</summary>
    public int Exchanges { get; private set; }

    /// <summary>How many bytes it has so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds the spans of an exchange.</summary>
    public void Add(Connection connection, Exchange exchange)
    {
        Exchanges++;
        TraceParent? parent = exchange.Request is { } request ? TraceParent.Parse(request.TraceParent.Span) : null;
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        Identify(connection, exchange, own);
        Span<byte> trace = own[..16], client = own[16..24], server = own[24..32];
        Span<byte> parentSpan = stackalloc byte[sizeof(ulong)];
        if (parent is { } known)
        {
            BinaryPrimitives.WriteUInt128BigEndian(trace, known.Trace);
            BinaryPrimitives.WriteUInt64BigEndian(parentSpan, known.Span);
        }

        ProtobufWriter writer = Of(SpanResource.Of(connection, Side.Client));
        int start = Begin(writer, trace, client, parent is null ? [] : parentSpan, ClientKind, exchange);
        writer.Fixed(16, parent is { } of ? of.Flags | ParentIsKnownRemote | ParentIsRemote : 1u);
        Times(writer, exchange.FirstAt.Nanoseconds, exchange.LastAt.Nanoseconds);
        Attributes(writer, connection, exchange, ofServer: false);
        End(writer, start, Conventions.IsError(exchange, ofServer: false));
        if (exchange is not { Request: { } asked, ServerNs: { } serverNs }) return;
        writer = Of(SpanResource.Of(connection, Side.Server));
        start = Begin(writer, trace, server, client, ServerKind, exchange);
        writer.Fixed(16, (parent?.Flags ?? 1u) | ParentIsKnownRemote | ParentIsRemote);
        // Half of the path's time is on the way there.
        long begun = asked.LastAt.Nanoseconds + ((exchange.NetworkNs ?? 0) / 2);
        Times(writer, begun, begun + serverNs);
        Attributes(writer, connection, exchange, ofServer: true);
        End(writer, start, Conventions.IsError(exchange, ofServer: true));
    }

    /// <summary>The request to the collector; the batch is empty afterwards.</summary>
    public byte[] Take()
    {
        var request = new ProtobufWriter();
        foreach ((SpanResource resource, ProtobufWriter spans) in _spans)
        {
            int group = request.Begin(1), of = request.Begin(1);
            resource.Write(request);
            request.End(of);
            int scoped = request.Begin(2), scope = request.Begin(1);
            request.Text(1, "trama");
            request.End(scope);
            request.Append(spans.Written);
            request.End(scoped);
            request.End(group);
        }

        _spans.Clear();
        (Exchanges, Bytes) = (0, 0);
        return request.Written.ToArray();
    }

    // The same exchange of the same capture has the same spans, however often it is sent.
    private static void Identify(Connection connection, Exchange exchange, Span<byte> own)
    {
        Span<byte> text = stackalloc byte[256];
        int length = Encoding.UTF8.GetBytes($"{connection.Client} {connection.Server}", text);
        BinaryPrimitives.WriteInt64LittleEndian(text[length..], connection.OpenedAt.Nanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(text[(length + 8)..], exchange.FirstAt.Nanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(text[(length + 16)..], exchange.Index);
        SHA256.HashData(text[..(length + 24)], own);
    }

    private ProtobufWriter Of(SpanResource resource)
    {
        if (!_spans.TryGetValue(resource, out ProtobufWriter? writer)) _spans[resource] = writer = new ProtobufWriter();
        return writer;
    }

    // A Span is field 2 of its ScopeSpans.
    private static int Begin(
        ProtobufWriter writer, ReadOnlySpan<byte> trace, ReadOnlySpan<byte> span, ReadOnlySpan<byte> parent, int kind, Exchange exchange)
    {
        int start = writer.Begin(2);
        writer.Bytes(1, trace);
        writer.Bytes(2, span);
        if (!parent.IsEmpty) writer.Bytes(4, parent);
        ReadOnlySpan<byte> group = exchange.Group.Span;
        writer.Text(5, group.IsEmpty ? exchange.Protocol ?? "exchange" : SpanAttributes.Said(group));
        writer.Number(6, kind);
        return start;
    }

    private static void Times(ProtobufWriter writer, long begun, long ended)
    {
        writer.Fixed(7, (ulong)Math.Max(begun, 0));
        writer.Fixed(8, (ulong)Math.Max(ended, Math.Max(begun, 0)));
    }

    private static void Attributes(ProtobufWriter writer, Connection connection, Exchange exchange, bool ofServer)
    {
        var attributes = new SpanAttributes(writer, field: 9);
        Conventions.Write(attributes, exchange);
        Ends(attributes, connection, ofServer);
        attributes.Add("network.transport", "tcp");
        attributes.Add("trama.connection", connection.Id);
        attributes.Add("trama.index", exchange.Index);
        if (ofServer) return;
        attributes.Add("trama.request_bytes", exchange.Request?.Bytes);
        attributes.Add("trama.reply_bytes", exchange.Reply?.Bytes);
        attributes.Add("trama.request_transfer_ns", exchange.RequestTransferNs);
        attributes.Add("trama.server_ns", exchange.ServerNs);
        attributes.Add("trama.network_ns", exchange.NetworkNs);
        attributes.Add("trama.reply_transfer_ns", exchange.ReplyTransferNs);
    }

    private static void Ends(SpanAttributes attributes, Connection connection, bool ofServer)
    {
        attributes.Add("server.address", connection.Server.Address.ToString());
        attributes.Add("server.port", connection.Server.Port);
        Endpoint peer = ofServer ? connection.Client : connection.Server;
        if (ofServer) attributes.Add("client.address", peer.Address.ToString());
        if (ofServer) attributes.Add("client.port", peer.Port);
        attributes.Add("network.peer.address", peer.Address.ToString());
        attributes.Add("network.peer.port", peer.Port);
    }

    private void End(ProtobufWriter writer, int start, bool isError)
    {
        if (isError)
        {
            int status = writer.Begin(15);
            writer.Number(3, ErrorStatus);
            writer.End(status);
        }

        writer.End(start);
        Bytes += writer.Length - start;
    }
}
