using System.Net;
using Trama.Lab.Paths;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Reenacting;

/// <summary>The knocks of a scene as packets: no host has their addresses and ports, so nobody answers what the server says.</summary>
/// <param name="scene">The scene.</param>
/// <param name="server">The server's address.</param>
/// <param name="others">What stands in the way of the scene's own client alone.</param>
internal sealed class Knocks(Scene scene, IPAddress server, IReadOnlyList<IObstacle> others) : IObstacle
{
    /// <summary>How long after the hosts are there the first comes, so that the server listens.</summary>
    public const long Settling = 150_000_000;

    // Beside 192.0.2.1, which is the scene's own client.
    private const int FirstHost = 2, Hosts = 250, FirstPort = 10_000, Ports = 40_000;
    private const int TimeToLive = 64, Window = 512;

    // Where each client first stands among the knocks.
    private readonly Dictionary<int, int> _places = Places(scene.Knocks);

    private static ReadOnlySpan<byte> Options => [2, 4, 0x05, 0xb4, 4, 2, 1, 1];

    /// <summary>How long after the hosts are there the scene's own client begins, in nanoseconds.</summary>
    public long LeadNs { get; } = scene.Knocks.Count == 0 ? 0 : Settling + Math.Max(0, -scene.Knocks.Min(knock => knock.AtNs));

    /// <summary>Has each set out when it is due.</summary>
    /// <param name="wire">The path.</param>
    /// <param name="now">When the hosts are there, in nanoseconds since the epoch.</param>
    public void Begin(Wire wire, long now)
    {
        foreach (SceneKnock knock in scene.Knocks)
            wire.At(now + LeadNs + knock.AtNs, () => wire.Originate(Direction.ToServer, Packet(knock)));
    }

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        Endpoint client = crossing.Direction == Direction.ToServer ? crossing.Source : crossing.Destination;
        if (!IsKnocking(client)) return Others(crossing, wire);
        bool isAnswered = crossing.Direction == Direction.ToServer && scene.Knocks[client.Port - FirstPort].IsAnswered;
        return isAnswered ? Fate.Pass : Fate.Refuse;
    }

    private Fate Others(in Crossing crossing, Wire wire)
    {
        foreach (IObstacle obstacle in others)
            if (obstacle.Meet(crossing, wire) is var fate && fate != Fate.Pass) return fate;
        return Fate.Pass;
    }

    private static Dictionary<int, int> Places(IReadOnlyList<SceneKnock> knocks)
    {
        var places = new Dictionary<int, int>();
        for (int place = 0; place < knocks.Count; place++) places.TryAdd(knocks[place].Client, place);
        return places;
    }

    private static IpAddress Address(int number) => IpAddress.FromBytes([192, 0, 2, (byte)(FirstHost + number % Hosts)]);

    private bool IsKnocking(Endpoint client) => client.Port - FirstPort is >= 0 and < Ports and var place && place < scene.Knocks.Count
        && client.Address == Address(scene.Knocks[place].Address);

    // One that is repeated is the same segment.
    private byte[] Packet(SceneKnock knock)
    {
        var from = new Endpoint(Address(knock.Address), (ushort)(FirstPort + _places[knock.Client]));
        var to = new Endpoint(IpAddress.FromBytes(server.GetAddressBytes()), (ushort)scene.Port);
        return Forge.Segment(from, to, new SequenceNumber((uint)(knock.Client * 0x9e3779b1)), default, TcpFlags.Syn, TimeToLive, Window,
            Options);
    }
}
