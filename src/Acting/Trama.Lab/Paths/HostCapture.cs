using Trama.Captures.Files;
using Trama.Namespaces;
using Trama.Packets;

namespace Trama.Lab.Paths;

/// <summary>The capture on one host: what its device sends and receives, as a pcap file.</summary>
internal sealed class HostCapture : IDisposable
{
    private const int EthernetHeader = 14;

    // So much later a mirror port shows a packet again.
    private const long MirrorNs = 4_000;

    private readonly CaptureSettings _settings;
    private readonly PcapWriter _writer;
    private readonly byte[] _frame = new byte[EthernetHeader + IDeviceEnd.LargestPacket];
    private int _skip;

    /// <summary>Creates the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="settings">How.</param>
    public HostCapture(string path, CaptureSettings settings)
    {
        _settings = settings;
        _skip = settings.BeginsAfterPackets;
        _writer = new PcapWriter(path, settings.Ethernet ? LinkType.Ethernet : LinkType.Raw, settings.SnapLength, settings.Nanoseconds);
    }

    /// <summary>Keeps a packet.</summary>
    /// <param name="packet">The IP packet.</param>
    /// <param name="sent">Whether this host sent it.</param>
    /// <param name="now">When, in nanoseconds since the epoch.</param>
    public void Write(ReadOnlySpan<byte> packet, bool sent, long now)
    {
        if (_skip-- > 0 || (_settings.SentOnly && !sent)) return;
        ReadOnlySpan<byte> whole = _settings.Ethernet ? Framed(packet, sent) : packet;
        for (int sight = 0; sight < (_settings.Twice ? 2 : 1); sight++)
        {
            _writer.Write(new Record(
                new Timestamp(now + sight * MirrorNs),
                _settings.Ethernet ? LinkType.Ethernet : LinkType.Raw,
                whole[..Math.Min(whole.Length, _settings.SnapLength)],
                whole.Length));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    // The host's own address, and its router's, both locally administered.
    private ReadOnlySpan<byte> Framed(ReadOnlySpan<byte> packet, bool sent)
    {
        ReadOnlySpan<byte> host = [0x02, 0x54, 0x52, 0x41, 0x4d, 0x41];
        ReadOnlySpan<byte> router = [0x02, 0x00, 0x5e, 0x10, 0x00, 0x01];
        (sent ? router : host).CopyTo(_frame);
        (sent ? host : router).CopyTo(_frame.AsSpan(6));
        bool ipv6 = packet[0] >> 4 == 6;
        (_frame[12], _frame[13]) = ipv6 ? ((byte)0x86, (byte)0xdd) : ((byte)0x08, (byte)0x00);
        packet.CopyTo(_frame.AsSpan(EthernetHeader));
        return _frame.AsSpan(0, EthernetHeader + packet.Length);
    }
}
