using System.Text;
using Trama.Cli.Capturing;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Cli.Commands.Dumping;

/// <summary><c>dump --owners</c>: whose each packet is, behind its line, and in the comments of a pcapng file.</summary>
internal sealed class PacketOwners(LiveOwners owners)
{
    private readonly SegmentDecoder _decoder = new();
    private readonly OwnerNotes _notes = new();
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
    public RecordNotes Notes => _notes.Of(_sender, _receiver);
}
