using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Dump.Json;

/// <summary>
/// Writes packets as JSON objects, one a line: when and how long, the line as tcpdump prints it, and for a TCP segment every
/// field of its header. Times are nanoseconds since the Unix epoch. What is absent was not there.
/// </summary>
public sealed class PacketJson : IDisposable
{
    private static readonly (TcpFlags Flag, string Name)[] FlagNames =
    [
        (TcpFlags.Syn, "SYN"), (TcpFlags.Ack, "ACK"), (TcpFlags.Psh, "PSH"), (TcpFlags.Fin, "FIN"), (TcpFlags.Rst, "RST"),
        (TcpFlags.Urg, "URG"), (TcpFlags.Ece, "ECE"), (TcpFlags.Cwr, "CWR"), (TcpFlags.Ae, "AE"),
    ];

    private readonly ArrayBufferWriter<byte> _object = new(4096);
    private readonly LineWriter _output;
    private readonly LineWriter _line = new();
    private readonly PacketPrinter _printer;
    private readonly SegmentDecoder _decoder = new();
    private readonly Utf8JsonWriter _writer;

    /// <summary>Writes to <paramref name="output"/>.</summary>
    /// <param name="options">How the text of a packet is written; it has neither number nor time, which have members of their own.</param>
    /// <param name="output">Where the objects go, each with its line feed.</param>
    /// <param name="printers">See <see cref="PacketPrinter"/>.</param>
    public PacketJson(DumpOptions options, LineWriter output, PrinterRegistry printers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _output = output;
        _printer = new PacketPrinter(options with { Time = TimeFormat.None, PacketNumbers = false }, _line, printers);
        // Text stays readable: only what JSON itself demands is escaped.
        _writer = new Utf8JsonWriter(_object, new JsonWriterOptions
        { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Appends the object of one packet and a line feed.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="number">Its number in the capture, from 1.</param>
    public void Print(in Record record, long number)
    {
        _object.ResetWrittenCount();
        _writer.Reset(_object);
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, "packet"u8);
        _writer.WriteNumber("number"u8, number);
        _writer.WriteNumber("at"u8, record.Timestamp.Nanoseconds);
        _writer.WriteNumber("interface"u8, record.InterfaceId);
        _writer.WriteNumber("linkType"u8, (int)record.LinkType);
        _writer.WriteNumber("bytes"u8, record.OriginalLength);
        _writer.WriteNumber("capturedBytes"u8, record.Bytes.Length);
        _line.Clear();
        _printer.Print(record, number);
        _writer.WriteString("text"u8, _line.Written.TrimEnd((byte)'\n'));
        if (_decoder.Decode(record, out TcpSegment segment) == Decoded.Segment) WriteSegment(segment);
        _writer.WriteEndObject();
        _writer.Flush();
        _output.Append(_object.WrittenSpan);
        _output.Append((byte)'\n');
    }

    private void WriteSegment(in TcpSegment segment)
    {
        _writer.WriteStartObject("segment"u8);
        _writer.WriteString("source"u8, segment.Source.ToString());
        _writer.WriteString("destination"u8, segment.Destination.ToString());
        _writer.WriteNumber("timeToLive"u8, segment.TimeToLive);
        _writer.WriteNumber("identification"u8, segment.IpIdentification);
        _writer.WriteNumber("sequence"u8, segment.Sequence.Value);
        if ((segment.Flags & TcpFlags.Ack) != 0) _writer.WriteNumber("acknowledgement"u8, segment.Acknowledgement.Value);
        _writer.WriteStartArray("flags"u8);
        foreach ((TcpFlags flag, string name) in FlagNames)
        {
            if ((segment.Flags & flag) != 0) _writer.WriteStringValue(name);
        }

        _writer.WriteEndArray();
        _writer.WriteNumber("window"u8, segment.Window);
        _writer.WriteNumber("checksum"u8, segment.Checksum);
        if ((segment.Flags & TcpFlags.Urg) != 0) _writer.WriteNumber("urgentPointer"u8, segment.UrgentPointer);
        if (segment.Options.Length > 0) _writer.WriteString("options"u8, Convert.ToHexStringLower(segment.Options));
        _writer.WriteNumber("payloadBytes"u8, segment.PayloadLength);
        if (segment.Payload.Length > 0) _writer.WriteString("payload"u8, Convert.ToHexStringLower(segment.Payload));
        _writer.WriteEndObject();
    }
}
