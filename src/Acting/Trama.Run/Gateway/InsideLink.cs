using Trama.Captures.Synthetic;
using Trama.Namespaces;
using Trama.Namespaces.Native;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>The near end of the device: packets to the command's network, each of them shown as it goes.</summary>
/// <param name="device">The device.</param>
/// <param name="seen">Takes every packet of either direction.</param>
internal sealed class InsideLink(TunDevice device, RecordReceiver seen)
{
    /// <summary>The largest packet of the device, in bytes: what an IP packet can be, rounded down to whole words.</summary>
    public const int Mtu = 65520;

    private readonly byte[] _packet = new byte[TunDevice.LargestPacket];

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
        device.Write(packet);
    }

    /// <summary>Gives back a packet, which was shown already.</summary>
    public void Return(ReadOnlySpan<byte> packet) => device.Write(packet);

    /// <summary>Shows a packet that the command's network sent.</summary>
    public void Show(ReadOnlySpan<byte> packet) =>
        seen(new Record(new Timestamp(Clock.Now), LinkType.Raw, packet, packet.Length));
}
