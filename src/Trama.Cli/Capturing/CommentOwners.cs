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

    /// <summary>Called before what a connection's side is known to be changes.</summary>
    public Action Changing { get; init; } = () => { };

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient)
    {
        var sides = new SideProcess?[2];
        if (_connections.Count == MaxConnections) _connections.Clear();
        _connections[isFromClient ? (first.Source, first.Destination) : (first.Destination, first.Source)] = sides;
        return side => Volatile.Read(ref sides[(int)side]);
    }

    /// <summary>
    /// Takes the comments of a packet. Which side they are about is known where it is said which way it went.
    /// </summary>
    /// <param name="record">The packet.</param>
    /// <param name="isTaken">Whether the tracker has taken it: a connection that it begins is there only then.</param>
    /// <returns>False when they are about a connection that is not there.</returns>
    public bool Note(in Record record, bool isTaken)
    {
        if (record.Notes.Options.IsEmpty) return true;
        _comments.Clear();
        CaptureDirection direction = PacketNotes.Read(record.Notes, _comments);
        if (_comments.Count == 0 || direction == CaptureDirection.Both || ProcessComments.Parse(_comments) is not { } process) return true;
        if (_decoder.Decode(record, out TcpSegment segment) != Decoded.Segment) return true;
        if (!isTaken && (segment.Flags & TcpFlags.Syn) != 0) return false;
        Changing();
        bool isOfSender = direction == CaptureDirection.Out;
        if (_connections.TryGetValue((segment.Source, segment.Destination), out SideProcess?[]? sides))
            Volatile.Write(ref sides[(int)(isOfSender ? Side.Client : Side.Server)], process);
        else if (_connections.TryGetValue((segment.Destination, segment.Source), out sides))
            Volatile.Write(ref sides[(int)(isOfSender ? Side.Server : Side.Client)], process);
        else return false;
        return true;
    }
}
