using System.Collections.Concurrent;
using Trama.Framing.Dns;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Cli.Commands.Running;

/// <summary>The names for which DNS told addresses. Anybody could name addresses: only who was asked is believed.</summary>
internal sealed class AskedNames
{
    private const int MostNames = 1 << 14, MostAsked = 1024;
    private const ushort Port = 53;

    private readonly ConcurrentDictionary<IpAddress, string> _names = new();
    private readonly HashSet<Endpoint> _asked = [];

    /// <summary>The name for which DNS told an address last; null when it told none. For any thread.</summary>
    public string? Of(IpAddress address) => _names.GetValueOrDefault(address);

    /// <summary>Takes a datagram.</summary>
    /// <returns>What it asks DNS for; null when it is no query.</returns>
    public string? Add(Endpoint server, ReadOnlySpan<byte> payload, bool isFromServer)
    {
        if (!isFromServer)
        {
            string? question = DnsDatagram.Question(payload);
            if (question is not null && _asked.Count < MostAsked) _asked.Add(server);
            return question;
        }

        if (_asked.Contains(server)) Learn(payload);
        return null;
    }

    /// <summary>Takes a packet of this machine's, if it is of DNS at its own port.</summary>
    public void Add(in Record record)
    {
        var walk = PacketWalk.Of(record);
        while (walk.TryMoveOn())
        {
            if (walk.Layer != Layer.Transport || walk.Protocol != IpProtocol.Udp) continue;
            if (!UdpHeader.TryParse(walk.Bytes, out UdpHeader header)) return;
            ReadOnlySpan<byte> payload = walk.Bytes[UdpHeader.Length..];
            if (header.DestinationPort == Port) Add(new Endpoint(walk.Destination, Port), payload, isFromServer: false);
            else if (header.SourcePort == Port) Add(new Endpoint(walk.Source, Port), payload, isFromServer: true);
            return;
        }
    }

    private void Learn(ReadOnlySpan<byte> reply)
    {
        foreach (byte[] address in DnsDatagram.Addresses(reply, out string name))
        {
            if (_names.Count >= MostNames) _names.Clear();
            _names[IpAddress.FromBytes(address)] = name;
        }
    }
}
