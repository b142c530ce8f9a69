using Trama.Namespaces;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>The near end of the device: packets to the command's network, each of them shown as it goes.</summary>
/// <param name="device">The device.</param>
/// <param name="loopback">The way in for packets from and to ::1; null where there is none.</param>
/// <param name="settings">Who takes every packet of either direction.</param>
internal sealed class InsideLink(IDeviceEnd device, Ipv6Loopback? loopback, OwnNetworkSettings settings)
{
    /// <summary>The largest packet of the device, in bytes: what an IP packet can be, rounded down to whole words.</summary>
    public const int Mtu = 65520;

    private const byte FirstOfLoopback = 127;

    /// <summary>See <see cref="OwnNetworkSettings.Intercept"/>.</summary>
    public Interceptor? Intercept => settings.Intercept;

    /// <summary>See <see cref="OwnNetworkSettings.Datagram"/>.</summary>
    public DatagramReceiver Datagram => settings.Datagram;

    /// <summary>See <see cref="OwnNetworkSettings.NotEchoed"/>.</summary>
    public Action NotEchoed => settings.NotEchoed;

    /// <summary>The largest packet of a connection, in bytes.</summary>
    public int LargestPacket { get; } = Math.Min(Mtu, device.BestPacket);

    /// <summary>Whether ::1 leads here.</summary>
    public bool HasIpv6Loopback => loopback is not null;

    private readonly byte[] _packet = new byte[IDeviceEnd.LargestPacket];

    /// <summary>Sends a segment.</summary>
    public void Send(in Endpoint from, in Endpoint to, in TcpFields fields, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload)
    {
        var ip = new IpFields(from.Address, to.Address, IpProtocol.Tcp) { DontFragment = true };
        Send(_packet.AsSpan(0, PacketBuilder.WriteSegment(_packet, ip, fields, options, payload)));
    }

    /// <summary>Sends a packet.</summary>
    public void Send(ReadOnlySpan<byte> packet)
    {
        Show(packet);
        Return(packet);
    }

    /// <summary>Gives back a packet, which was shown already.</summary>
    public void Return(ReadOnlySpan<byte> packet)
    {
        if (loopback is not null && Ipv6Loopback.Takes(packet)) loopback.Write(packet);
        else device.Write(packet);
    }

    /// <summary>Whether an address is one of loopback that leads here.</summary>
    public bool IsLoopback(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.WriteBytes(bytes) == 4 ? bytes[0] == FirstOfLoopback
            : loopback is not null && bytes.SequenceEqual(Ipv6Loopback.Loopback);
    }

    /// <summary>Shows a packet that the command's network sent.</summary>
    public void Show(ReadOnlySpan<byte> packet) =>
        settings.Seen(new Record(new Timestamp(Clock.Now), LinkType.Raw, packet, packet.Length));
}
