using System.Text;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.Capturing;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Cli.Commands.Dumping;

/// <summary><c>dump --owners</c>: whose each packet is, behind its line, and in the comments of a pcapng file.</summary>
internal sealed class PacketOwners(LiveOwners owners)
{
    private const int MaxKept = 1 << 12;

    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<(SideProcess, CaptureDirection), byte[]> _notes = [];
    private SideProcess? _sender, _receiver;

    /// <summary>Looks whose a packet is.</summary>
    public void Take(in Record record)
    {
        (_sender, _receiver) = (null, null);
        if (_decoder.Decode(record, out TcpSegment segment) == Decoded.Segment) (_sender, _receiver) = owners.Of(segment);
    }

    /// <summary>What stands behind the line of the packet: <c>(curl 4711 &gt; nginx 90)</c>; empty when neither is known.</summary>
    public byte[] Suffix
    {
        get
        {
            string? sender = ProcessText.Of(_sender), receiver = ProcessText.Of(_receiver);
            return sender is null && receiver is null ? [] : Encoding.UTF8.GetBytes($" ({sender ?? "?"} > {receiver ?? "?"})");
        }
    }

    /// <summary>The notes for the packet in a pcapng file: the sender's, else the receiver's.</summary>
    public RecordNotes Notes
    {
        get
        {
            (SideProcess? process, CaptureDirection direction) = _sender is { IsKnown: true }
                ? (_sender, CaptureDirection.Out) : (_receiver, CaptureDirection.In);
            if (process is not { IsKnown: true }) return default;
            if (_notes.Count == MaxKept) _notes.Clear();
            if (!_notes.TryGetValue((process, direction), out byte[]? notes))
                _notes[(process, direction)] = notes = PacketNotes.Write(ProcessComments.Of(process), direction);
            return new RecordNotes(notes, isBigEndian: false);
        }
    }
}
