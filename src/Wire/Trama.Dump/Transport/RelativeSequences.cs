using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Trama.Packets.Network;

namespace Trama.Dump.Transport;

/// <summary>
/// The sequence numbers that TCP connections started from, so that later ones are shown relative to them: the first segment
/// with an acknowledgement sets both sides' origin, and so does any later one that has SYN and ACK.
/// </summary>
/// <remarks>
/// So that memory stays bounded, no more than <see cref="MaximumConnections"/> are remembered: at one more, all are forgotten,
/// and those that go on are shown as if they were seen for the first time.
/// </remarks>
internal sealed class RelativeSequences
{
    /// <summary>How many connections are remembered.</summary>
    public const int MaximumConnections = 1 << 19;

    private readonly Dictionary<Ipv4Pair, int> _ipv4 = [];
    private readonly Dictionary<IpPair, int> _others = [];
    private Origins[] _origins = new Origins[64];
    private int _count;

    /// <summary>
    /// Changes whenever the numbers that <see cref="Find(uint, uint, ushort, ushort, out bool)"/> gave lose their meaning.
    /// </summary>
    public int Generation { get; private set; }

    /// <summary>The number of the connection between two ends, the same for both directions.</summary>
    /// <param name="source">The sender's IPv4 address.</param>
    /// <param name="destination">The receiver's IPv4 address.</param>
    /// <param name="sourcePort">The sender's port.</param>
    /// <param name="destinationPort">The receiver's port.</param>
    /// <param name="reversed">Whether the sender is the second end, that with the higher port.</param>
    public int Find(uint source, uint destination, ushort sourcePort, ushort destinationPort, out bool reversed)
    {
        MakeRoom();
        reversed = sourcePort != destinationPort ? sourcePort > destinationPort : source > destination;
        var pair = reversed
            ? new Ipv4Pair(destination, source, destinationPort, sourcePort)
            : new Ipv4Pair(source, destination, sourcePort, destinationPort);
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_ipv4, pair, out bool exists);
        return exists ? number : number = Add();
    }

    /// <summary>The number of the connection between two ends; see the other overload.</summary>
    public int Find(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ushort sourcePort, ushort destinationPort, out bool reversed)
    {
        if (source.Length == 4)
        {
            return Find(
                BinaryPrimitives.ReadUInt32BigEndian(source), BinaryPrimitives.ReadUInt32BigEndian(destination),
                sourcePort, destinationPort, out reversed);
        }

        MakeRoom();
        reversed = sourcePort != destinationPort ? sourcePort > destinationPort : source.SequenceCompareTo(destination) > 0;
        IpAddress from = IpAddress.FromBytes(source), to = IpAddress.FromBytes(destination);
        var pair = reversed ? new IpPair(to, from, destinationPort, sourcePort) : new IpPair(from, to, sourcePort, destinationPort);
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_others, pair, out bool exists);
        return exists ? number : number = Add();
    }

    /// <summary>Makes the numbers of a segment that has ACK relative, unless it is the one that sets the origins.</summary>
    /// <param name="connection">What <c>Find</c> gave.</param>
    /// <param name="reversed">What <c>Find</c> gave.</param>
    /// <param name="isSyn">Whether the segment has SYN too.</param>
    /// <param name="sequence">The sequence number, made relative.</param>
    /// <param name="acknowledgement">The acknowledgement number, made relative.</param>
    /// <returns>The origin of the numbers that the other side sends, from which selective acknowledgements count.</returns>
    public uint Relate(int connection, bool reversed, bool isSyn, ref uint sequence, ref uint acknowledgement)
    {
        ref Origins origins = ref _origins[connection];
        if (!origins.AreKnown || isSyn)
        {
            origins = reversed
                ? new Origins(acknowledgement - 1, sequence, AreKnown: true)
                : new Origins(sequence, acknowledgement - 1, AreKnown: true);
            return reversed ? origins.First : origins.Second;
        }

        uint own = reversed ? origins.Second : origins.First;
        uint other = reversed ? origins.First : origins.Second;
        sequence -= own;
        acknowledgement -= other;
        return other;
    }

    private int Add()
    {
        if (_count == _origins.Length) Array.Resize(ref _origins, _count * 2);
        return _count++;
    }

    private void MakeRoom()
    {
        if (_count < MaximumConnections) return;
        _ipv4.Clear();
        _others.Clear();
        Array.Clear(_origins);
        _count = 0;
        Generation++;
    }

    /// <summary>A connection's two ends, the one with the lower port first.</summary>
    private readonly record struct Ipv4Pair(uint First, uint Second, ushort FirstPort, ushort SecondPort);

    /// <summary>A connection's two ends, the one with the lower port first.</summary>
    private readonly record struct IpPair(IpAddress First, IpAddress Second, ushort FirstPort, ushort SecondPort);

    /// <summary>The first sequence number of each end.</summary>
    private readonly record struct Origins(uint First, uint Second, bool AreKnown);
}
