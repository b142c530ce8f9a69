using Trama.Captures;
using Trama.Captures.Files;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>Whose the connections of a capture file are, by the comments of its packets.</summary>
internal sealed class CommentOwners : IConnectionOwners
{
    private const int MaxConnections = 1 << 16;

    private readonly SegmentDecoder _decoder = new();
    private readonly List<string> _comments = [];
    private readonly Dictionary<(Endpoint Client, Endpoint Server), SideProcess?[]> _connections = [];

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient)
    {
        var sides = new SideProcess?[2];
        if (_connections.Count == MaxConnections) _connections.Clear();
        _connections[isFromClient ? (first.Source, first.Destination) : (first.Destination, first.Source)] = sides;
        return side => Volatile.Read(ref sides[(int)side]);
    }

    /// <summary>
    /// Takes the comments of a packet that the tracker has just taken. Which side they are about is known where it is said which way it
    /// went.
    /// </summary>
    public void Note(in Record record)
    {
        if (record.Notes.Options.IsEmpty) return;
        _comments.Clear();
        CaptureDirection direction = PacketNotes.Read(record.Notes, _comments);
        if (_comments.Count == 0 || direction == CaptureDirection.Both || ProcessComments.Parse(_comments) is not { } process) return;
        if (_decoder.Decode(record, out TcpSegment segment) != Decoded.Segment) return;
        bool isOfSender = direction == CaptureDirection.Out;
        if (_connections.TryGetValue((segment.Source, segment.Destination), out SideProcess?[]? sides))
            Volatile.Write(ref sides[(int)(isOfSender ? Side.Client : Side.Server)], process);
        else if (_connections.TryGetValue((segment.Destination, segment.Source), out sides))
            Volatile.Write(ref sides[(int)(isOfSender ? Side.Server : Side.Client)], process);
    }
}
