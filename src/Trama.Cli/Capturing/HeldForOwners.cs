using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>
/// Holds the packets of a live capture until it is known whose their connections are, for those who ask for the connections of a
/// process: an exchange may be over sooner. Packets stay in order; each is looked up when it comes.
/// </summary>
/// <param name="owners">Tells whose connections are.</param>
/// <param name="isEnough">Whether what is known of client and server is enough, so that a packet need not be held any longer.</param>
internal sealed class HeldForOwners(IPacketOwners owners, Func<SideProcess?, SideProcess?, bool> isEnough) : IConnectionOwners
{
    /// <summary>The longest that a packet is held, in nanoseconds: until a server that hands a connection on will have done so.</summary>
    public const long PatienceNs = 350_000_000;

    private const long MostBytes = 16 << 20;
    private const int BytesOfEach = 256;

    private readonly SegmentDecoder _decoder = new();
    private readonly Queue<HeldPacket> _held = new();
    private HeldPacket? _told;
    private long _bytes;

    /// <summary>Whether none is held.</summary>
    public bool IsEmpty => _held.Count == 0;

    /// <summary>Takes a packet as it comes.</summary>
    public void Add(in Record record)
    {
        var packet = new HeldPacket(record) { Owner = Owner(record) };
        _held.Enqueue(packet);
        _bytes += packet.Length + BytesOfEach;
    }

    /// <summary>Gives the next packet, when it is enough known of it, it was held for long enough, or too many are held.</summary>
    public bool TryTake(Timestamp now, out Record record)
    {
        record = default;
        if (!_held.TryPeek(out HeldPacket? packet)) return false;
        bool isDue = _bytes > MostBytes || now - packet.CapturedAt >= PatienceNs || packet.Owner is not { } owner
            || isEnough(owner(Side.Client), owner(Side.Server));
        if (!isDue) return false;
        _told = _held.Dequeue();
        _bytes -= packet.Length + BytesOfEach;
        record = packet.Record;
        return true;
    }

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient) => _told?.Owner ?? owners.Begin(first, isFromClient);

    // Asked now, since a later connection may have the same ends by the time the packet is told.
    private Func<Side, SideProcess?>? Owner(in Record record) =>
        _decoder.Decode(record, out TcpSegment segment) == Decoded.Segment ? owners.OfConnection(segment) : null;
}
