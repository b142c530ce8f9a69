using Trama.Lab.Experiments;
using Trama.Lab.Paths.Obstacles;
using Trama.Packets.Network;

namespace Trama.Lab.Faults;

/// <summary>A SYN is answered with ICMP destination unreachable.</summary>
internal static class ConnectionRejectedByIcmp
{
    /// <summary>The label.</summary>
    public const string Label = "connection-rejected-by-icmp";

    /// <summary>By a router on the path.</summary>
    public static Plan Router(Dice dice)
    {
        Surroundings around = Surroundings.Draw(dice, leastRtt: 1, mostRtt: 200);
        int code = around.IsIpv6 ? dice.Pick(0, 1, 3) : dice.Pick(0, 1, 9, 10, 13);
        int before = dice.Between(1, around.Hops);
        byte[] address = around.ServerAddress.GetAddressBytes();
        // A router is no neighbour of either host.
        address[around.IsIpv6 ? 7 : 1] ^= 0x2a;
        var router = IpAddress.FromBytes(address);
        return Base(around, "router", dice, new Rejecting(router, before, code)) with
        {
            Description = $"A router on the path refuses the SYN with an ICMP destination-unreachable message (code {code}).",
            FromServer = View.None,
            Parameters = new() { ["where"] = "router", ["icmp_code"] = code, ["icmp_from"] = $"{router}", ["router_after_hops"] = before },
        };
    }

    /// <summary>By a firewall on the server's host.</summary>
    public static Plan Host(Dice dice)
    {
        Surroundings around = Surroundings.Draw(dice, mostRtt: 200);
        int code = around.IsIpv6 ? dice.Pick(1, 3) : dice.Pick(1, 10, 13);
        return Base(around, "host", dice, new Rejecting(null, 0, code)) with
        {
            Description = $"A firewall on the server host refuses the SYN with an ICMP destination-unreachable message (code {code}).",
            FromClient = View.Direct(Label, "network", "server"),
            FromServer = View.Direct(Label, "network", "server"),
            Parameters = new() { ["where"] = "host", ["icmp_code"] = code },
        };
    }

    private static Plan Base(Surroundings around, string kind, Dice dice, Rejecting obstacle)
    {
        int attempts = dice.Between(1, 3);
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "network",
            Description = "",
            // The ports in the quoted header have to be captured.
            Around = around with { Capture = around.Capture with { SnapLength = Math.Max(around.Capture.SnapLength, 128) } },
            FromClient = View.Direct(Label, "network"),
            FromServer = View.None,
            Repeats = true,
            Obstacles = [obstacle],
            Server = server => server.Listen(),
            Client = client => Attempts.Make(client, attempts, 0.4),
            Checks = seen =>
            [
                Evidence.Exactly("one message for each SYN", seen.Count("icmp"), seen.ClientSent.Syns),
                Evidence.Exactly("one SYN for each attempt", seen.ClientSent.Syns, attempts),
                Evidence.Exactly("no segment came back", seen.ClientGot.Segments, 0),
                Evidence.Is("the client gave up at once", seen.ClientOutcome, "EHOSTUNREACH", "ENETUNREACH", "EACCES"),
            ],
        };
    }
}
