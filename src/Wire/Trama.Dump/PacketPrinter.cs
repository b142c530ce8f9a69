using Trama.Dump.Link;
using Trama.Dump.Text;
using Trama.Dump.Transport;
using Trama.Packets;

namespace Trama.Dump;

/// <summary>Prints packets as tcpdump prints them. Keeps what later lines depend on: times and the relative sequence numbers.</summary>
public sealed class PacketPrinter
{
    /// <summary>No packet is longer than this, in bytes: a greater length is a broken record.</summary>
    private const int MaximumLength = 262_144;

    private readonly Dissection _dissection;
    private readonly TimeText _time;
    private readonly PlainSegmentPrinter? _plain;

    /// <summary>Prints to <paramref name="output"/> in the way <paramref name="options"/> say.</summary>
    /// <param name="options">What to show.</param>
    /// <param name="output">Where the text goes.</param>
    /// <param name="printers">The printers of applications, tunnels and routing; this packet printer's alone.</param>
    public PacketPrinter(DumpOptions options, LineWriter output, PrinterRegistry printers)
        : this(options, output, printers, PlainSegmentPrinter.Serves(options))
    {
    }

    /// <summary>Prints with or without the short way for plain segments; the text is the same.</summary>
    internal PacketPrinter(DumpOptions options, LineWriter output, PrinterRegistry printers, bool usesPlainSegments)
    {
        _dissection = new Dissection(options, output, printers);
        _time = new TimeText(options);
        if (usesPlainSegments) _plain = new PlainSegmentPrinter(_dissection);
    }

    /// <summary>Appends the line, or lines, of one packet, each with its line feed.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="number">Its number in the capture, from 1.</param>
    public void Print(in Record record, long number)
    {
        LineWriter output = _dissection.Output;
        if (_dissection.Options.PacketNumbers) AppendNumber(output, number);
        if ((uint)(record.Bytes.Length - 1) >= (uint)record.OriginalLength || record.OriginalLength > MaximumLength) AppendWhatIsWrong(
            output, record);
        else
        {
            _time.Append(output, record.Timestamp);
            if (_plain is null || !_plain.TryPrint(record)) PrintLayers(record);
        }

        output.Append((byte)'\n');
    }

    private void PrintLayers(in Record record)
    {
        LineWriter output = _dissection.Output;
        _dissection.Begin();
        int headerLength = LinkPrinter.Print(
            _dissection, record.LinkType, new PacketBytes(_dissection, record.Bytes), record.OriginalLength);
        if (_dissection.IsCut) headerLength = 0;
        _dissection.End();
        AppendBytes(output, record.Bytes, headerLength);
    }

    private static void AppendNumber(LineWriter output, long number)
    {
        for (long limit = 10_000; limit > number && limit > 1; limit /= 10) output.Append((byte)' ');
        output.Append($"{number}  ");
    }

    private static void AppendWhatIsWrong(LineWriter output, in Record record)
    {
        int captured = record.Bytes.Length;
        uint original = (uint)record.OriginalLength;
        ReadOnlySpan<byte> separator = "[Invalid header:"u8;
        if (captured == 0) Complain($" caplen==0", output, ref separator);
        if (original == 0) Complain($" len==0", output, ref separator);
        else if (original < captured) Complain($" len({original}) < caplen({captured})", output, ref separator);
        if (captured > MaximumLength) Complain($" caplen({captured}) > {MaximumLength}", output, ref separator);
        if (original > MaximumLength) Complain($" len({original}) > {MaximumLength}", output, ref separator);
        output.Append((byte)']');
    }

    private static void Complain(string complaint, LineWriter output, ref ReadOnlySpan<byte> separator)
    {
        output.Append(separator);
        output.Append(complaint);
        separator = ","u8;
    }

    private void AppendBytes(LineWriter output, ReadOnlySpan<byte> bytes, int headerLength)
    {
        DumpOptions options = _dissection.Options;
        if (options.Bytes == ByteDump.None) return;
        if (!options.BytesIncludeLinkLayer)
        {
            if (headerLength >= bytes.Length) return;
            bytes = bytes[headerLength..];
        }

        if (options.Bytes == ByteDump.Hex) output.AppendHexLines(bytes, "\n\t"u8);
        else if (options.Bytes == ByteDump.HexAndAscii) output.AppendHexAndAsciiLines(bytes, "\n\t"u8);
        else output.AppendAscii(bytes);
    }
}
