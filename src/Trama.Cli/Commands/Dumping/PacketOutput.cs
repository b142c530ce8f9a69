using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.ThisProcess;
using Trama.Dump;
using Trama.Dump.Json;
using Trama.Dump.Protocols;
using Trama.Packets;

namespace Trama.Cli.Commands.Dumping;

/// <summary>Where the packets of <c>trama dump</c> go: lines on standard output, a capture file, or both.</summary>
internal sealed class PacketOutput : IDisposable
{
    private const int BatchBytes = 64 * 1024;

    private readonly StandardOutputPipe _stream = StandardOutputPipe.Open();
    private readonly LineWriter _text = new();
    private readonly LineWriter _packet = new();
    private readonly PacketPrinter? _printer;
    private readonly PacketJson? _json;
    private readonly bool _colour;
    private readonly bool _isDocument;
    private readonly IRecordWriter? _writer;
    private readonly bool _eachLine;
    private readonly bool _eachRecord;

    /// <summary>Packets are shown, written, or both, as <paramref name="request"/> says.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="writer">The capture file to write, which is closed with this output; null for none.</param>
    public PacketOutput(DumpRequest request, IRecordWriter? writer)
    {
        _writer = writer;
        _eachLine = request.LineBuffered || !Console.IsOutputRedirected;
        _eachRecord = request.Output is { PacketBuffered: true };
        if (_eachRecord) _writer?.Flush();
        if (writer is not null && !request.PrintToo) return;
        _colour = request.Colour;
        _isDocument = request.Form == DumpForm.Json;
        if (request.Form == DumpForm.Text) _printer =
            new PacketPrinter(request.Text, _colour || request.Owners ? _packet : _text, ProtocolPrinters.Create());
        if (request.Form is DumpForm.Json or DumpForm.NdJson) _json = new PacketJson(request.Text, _text, ProtocolPrinters.Create());
        if (_isDocument) _text.Append("{\"packets\":[\n"u8);
    }

    /// <summary>Tells whose packets are; null when nobody asks.</summary>
    public PacketOwners? Owners { get; init; }

    /// <summary>How many packets came so far.</summary>
    public long Packets { get; private set; }

    /// <summary>Whether the last file of a limited number is full: nothing more is written.</summary>
    public bool IsFinished => _writer is RotatingWriter { IsFinished: true };

    /// <summary>Takes one packet.</summary>
    /// <exception cref="CaptureException">The file is full.</exception>
    /// <exception cref="StandardOutputException">Standard output is full.</exception>
    /// <exception cref="ReaderGoneException">Standard output is closed.</exception>
    public void Take(in Record record)
    {
        Packets++;
        Owners?.Take(record);
        if (_writer is not null)
        {
            _writer.Write(Owners is null ? record : record with { Notes = Owners.Notes });
            if (_eachRecord) _writer.Flush();
        }

        if (_json is not null)
        {
            if (_isDocument && Packets > 1) _text.Append((byte)',');
            _json.Print(record, Packets);
        }

        if (_printer is not null) Print(record, _printer);
        if (_eachLine || _text.Length >= BatchBytes) FlushText();
    }

    /// <summary>Ends what is shown: the JSON document is closed. To be called once, when all packets are there.</summary>
    public void End()
    {
        if (_isDocument) _text.Append("]}\n"u8);
        Flush();
    }

    /// <summary>Hands on what was held back.</summary>
    public void Flush()
    {
        _writer?.Flush();
        FlushText();
    }

    /// <summary>Shows what was held back; the file may wait.</summary>
    public void FlushText()
    {
        if (_text.Length == 0) return;
        try
        {
            _stream.Write(_text.Written);
        }
        finally
        {
            _text.Clear();
        }
    }

    private void Print(in Record record, PacketPrinter printer)
    {
        printer.Print(record, Packets);
        if (_packet.Length == 0) return;
        if (Owners?.Suffix is { Length: > 0 } suffix) Append(suffix);
        if (_colour) LineColour.Append(_text, _packet.Written);
        else _text.Append(_packet.Written);
        _packet.Clear();
    }

    // Behind the packet's first line; its details and bytes stand below.
    private void Append(byte[] suffix)
    {
        byte[] lines = _packet.Written.ToArray();
        int end = lines.AsSpan().IndexOf((byte)'\n');
        if (end < 0) end = lines.Length;
        _packet.Clear();
        _packet.Append(lines.AsSpan(0, end));
        _packet.Append(suffix);
        _packet.Append(lines.AsSpan(end));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json?.Dispose();
        _writer?.Dispose();
        if (_writer is RotatingWriter { CommandFailure: { } failure }) Console.Error.WriteLine($"trama: -z {failure.Message}");
    }
}
