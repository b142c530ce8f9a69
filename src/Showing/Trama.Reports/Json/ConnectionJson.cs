using System.Text.Json;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes the capture and the connections of <c>trace --json</c>: times are integer nanoseconds, absent means unknown.</summary>
/// <param name="writer">Where the objects go.</param>
internal sealed class ConnectionJson(Utf8JsonWriter writer)
{
    /// <summary>The capture: files, packets, bytes, first and last time.</summary>
    public void Capture(TracedCapture capture)
    {
        CaptureTotals totals = capture.Totals;
        writer.WriteStartArray("files"u8);
        foreach (string file in capture.Files) writer.WriteStringValue(file);
        writer.WriteEndArray();
        writer.WriteNumber("packets"u8, totals.Packets);
        writer.WriteNumber("bytes"u8, totals.Bytes);
        Number("firstAt"u8, totals.FirstAt?.Nanoseconds);
        Number("lastAt"u8, totals.LastAt?.Nanoseconds);
        writer.WriteBoolean("truncated"u8, capture.IsTruncated);
        if (totals.IsSynthetic) writer.WriteBoolean("synthetic"u8, true);
    }

    /// <summary>The members of a connection, without its exchanges.</summary>
    public void Connection(Connection connection)
    {
        writer.WriteNumber("id"u8, connection.Id);
        writer.WriteString("client"u8, connection.Client.ToString());
        writer.WriteString("server"u8, connection.Server.ToString());
        writer.WriteString("state"u8, State(connection.State));
        writer.WriteNumber("openedAt"u8, connection.OpenedAt.Nanoseconds);
        Number("closedAt"u8, connection.ClosedAt?.Nanoseconds);
        if (connection.ClosedBy is { } side) writer.WriteString("closedBy"u8, Name(side));
        Number("handshakeNs"u8, connection.HandshakeNs);
        RoundTrip("rttNs"u8, connection.Rtt);
        if (connection.Path is { } path) Path(path);
        ProcessJson.Write(writer, connection);
        if (connection.Framing is { } framing) writer.WriteString("framing"u8, framing);
        if (connection.Layers.Count > 0)
        {
            writer.WriteStartArray("layers"u8);
            foreach (string layer in connection.Layers) writer.WriteStringValue(layer);
            writer.WriteEndArray();
        }

        TlsJson.Write(writer, connection);
        if (connection.Misfit is { } misfit)
        {
            writer.WriteStartObject("misfit"u8);
            writer.WriteString("framing"u8, misfit.Framing);
            writer.WriteString("stream"u8, misfit.From == Side.Client ? "toServer"u8 : "toClient"u8);
            writer.WriteNumber("offset"u8, misfit.Failure.Offset);
            writer.WriteString("reason"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(misfit.Failure.Fault.ToString()));
            writer.WriteEndObject();
        }

        Stream("toServer"u8, connection.ToServer);
        Stream("toClient"u8, connection.ToClient);
        if (connection.OmittedExchanges > 0) writer.WriteNumber("omittedExchanges"u8, connection.OmittedExchanges);
    }

    private void Stream(ReadOnlySpan<byte> name, StreamCounters stream)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("packets"u8, stream.Packets);
        writer.WriteNumber("payloadBytes"u8, stream.PayloadBytes);
        writer.WriteNumber("streamBytes"u8, stream.StreamBytes);
        writer.WriteNumber("missingBytes"u8, stream.MissingBytes);
        writer.WriteNumber("retransmissions"u8, stream.Retransmissions);
        writer.WriteNumber("outOfOrder"u8, stream.OutOfOrder);
        writer.WriteNumber("duplicateAcks"u8, stream.DuplicateAcks);
        if (stream.Copies + stream.SecondSights is > 0 and var copies) writer.WriteNumber("copies"u8, copies);
        writer.WriteNumber("zeroWindows"u8, stream.ZeroWindows);
        if (stream.ContradictedBytes > 0) writer.WriteNumber("contradictedBytes"u8, stream.ContradictedBytes);
        if (stream.LimitedBytes > 0) writer.WriteNumber("limitedBytes"u8, stream.LimitedBytes);
        writer.WriteBoolean("syn"u8, stream.Syn);
        writer.WriteBoolean("fin"u8, stream.Fin);
        writer.WriteBoolean("rst"u8, stream.Rst);
        RoundTrip("rttNs"u8, stream.Rtt);
        if (stream.StreamSha256 is { } digest) writer.WriteString("streamSha256"u8, Convert.ToHexStringLower(digest));
        writer.WriteEndObject();
    }

    private void Path(in RealPath path)
    {
        writer.WriteStartObject("path"u8);
        writer.WriteNumber("rttNs"u8, path.RoundTripNs);
        writer.WriteNumber("leastRttNs"u8, path.LeastRoundTripNs);
        writer.WriteNumber("segments"u8, path.Segments);
        writer.WriteNumber("retransmissions"u8, path.Retransmissions);
        writer.WriteNumber("outOfOrder"u8, path.OutOfOrder);
        writer.WriteEndObject();
    }

    private void RoundTrip(ReadOnlySpan<byte> name, RoundTripTime? time)
    {
        if (time is not { } known) return;
        writer.WriteStartObject(name);
        writer.WriteNumber("min"u8, known.MinNs);
        writer.WriteNumber("p50"u8, known.P50Ns);
        writer.WriteNumber("max"u8, known.MaxNs);
        writer.WriteEndObject();
    }

    private void Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known) writer.WriteNumber(name, known);
    }

    private static ReadOnlySpan<byte> Name(Side side) => side == Side.Client ? "client"u8 : "server"u8;

    private static ReadOnlySpan<byte> State(ConnectionState state) => state switch
    {
        ConnectionState.Open => "open"u8,
        ConnectionState.Closed => "closed"u8,
        ConnectionState.Reset => "reset"u8,
        ConnectionState.Refused => "refused"u8,
        ConnectionState.Unanswered => "unanswered"u8,
        _ => "partial"u8,
    };
}
