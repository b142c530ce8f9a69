using System.Net;
using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;
using Trama.Packets.Network;

namespace Trama.Lab.Faults;

/// <summary>Paths that are narrow, or break for a while.</summary>
internal static class BadPaths
{
    /// <summary>The label of a sender that does not hear what a router says of its packets.</summary>
    public const string MtuIgnored = "mtu-ignored";

    /// <summary>The label of a path that breaks for everybody.</summary>
    public const string Outage = "path-outage";

    /// <summary>On the way to the server.</summary>
    public static Plan NarrowUp(Dice dice) => Narrow(dice, "up", Direction.ToServer, "client");

    /// <summary>On the way to the client.</summary>
    public static Plan NarrowDown(Dice dice) => Narrow(dice, "down", Direction.ToClient, "server");

    /// <summary>Four connections to two servers; the path is gone for some seconds, and comes back.</summary>
    public static Plan Broken(Dice dice)
    {
        const int Connections = 4;
        double seconds = dice.Between(2.5, 4);
        Surroundings around = Surroundings.Draw(dice, mostRtt: 120).Alone();
        byte[] other = around.ServerAddress.GetAddressBytes();
        other[^1] ^= 2;
        around = around with { OtherServerAddress = new IPAddress(other) };
        Exchange[] exchanges = [.. Dialogue.Small(dice, 12).Select(exchange => exchange with { Pause = 0.1 })];
        return new Plan
        {
            Label = Outage,
            Party = "network",
            Description = $"Nothing passes for {seconds} s, on {Connections} connections to two servers; then all of them go on.",
            Around = around,
            FromClient = View.Direct(Outage, "network"),
            // What is lost on its way there is only silence.
            FromServer = new View("indirect", [Outage, PacketLoss.Label, Clean.Label], ["network"], []),
            Repeats = true,
            Parameters = new() { ["seconds"] = seconds },
            Obstacles = [new Outage((in Crossing crossing) => crossing is { Direction: Direction.ToServer, DataIndex: 5, Length: > 0 },
                Surroundings.Nanoseconds(seconds * 1000))],
            Server = server =>
            {
                Socket[] listening = [server.Listen(), server.Listen(around.OtherServerAddress)];
                Thread[] talks = [.. Enumerable.Range(0, Connections).Select(i => server.Start(() =>
                    Dialogue.ServeAll(server.Accept(listening[i % 2]), exchanges)))];
                foreach (Thread talk in talks) talk.Join();
            },
            Client = client =>
            {
                Thread[] talks = [.. Enumerable.Range(0, Connections).Select(i => client.Start(() =>
                    Dialogue.AskAll(client.Connect(to: i % 2 == 0 ? null : around.OtherServerAddress), exchanges)))];
                foreach (Thread talk in talks) talk.Join();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("packets lost", seen.Count("drop", "blackout"), Connections * 2),
                Evidence.Exactly("all went on", seen.Connections.Count(log => log.ClientOutcome == "ok"), Connections),
            ],
        };
    }

    private static Plan Narrow(Dice dice, string kind, Direction way, string party)
    {
        bool up = way == Direction.ToServer;
        int largest = dice.Between(1280, 1480), bytes = dice.Between(4000, 30_000);
        double timeout = dice.Between(4, 7);
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 4));
        exchanges[^1] = up ? exchanges[^1] with { Request = bytes } : exchanges[^1] with { Reply = bytes };
        Surroundings around = Surroundings.Draw(dice, leastRtt: 1).Alone();
        byte[] router = around.ServerAddress.GetAddressBytes();
        // A router is no neighbour of either host.
        router[around.IsIpv6 ? 7 : 1] ^= 0x2a;
        View sender = View.Direct(MtuIgnored, party);
        View receiver = new("indirect", [MtuBlackHole.Label], ["network"], ["packet-loss", "no-reply", "peer-vanished"]);
        return new Plan
        {
            Label = MtuIgnored,
            Kind = kind,
            Party = party,
            Description = $"A router says that packets larger than {largest} bytes do not pass; the {party}'s firewall keeps that from "
                + "its TCP, which sends them again as large.",
            // The ports in the quoted header have to be captured.
            Around = around with { Capture = around.Capture with { SnapLength = Math.Max(around.Capture.SnapLength, 128) } },
            FromClient = up ? sender : receiver,
            FromServer = up ? receiver : sender,
            Repeats = true,
            Tail = 0.5,
            Parameters = new() { ["direction"] = kind, ["largest_packet_that_passes"] = largest, ["message_bytes"] = bytes },
            Obstacles = [new Narrow(way, largest, IpAddress.FromBytes(router))],
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Timeout = TimeSpan.FromSeconds(timeout + 2);
                Dialogue.ServeAll(talk, exchanges);
            },
            Client = client => WithoutReply.AskWithin(client, timeout, exchanges),
            Checks = seen =>
            [
                Evidence.AtLeast("the router spoke", seen.Count("icmp-too-big"), 3),
                Evidence.AtLeast("segments sent again", seen.Wire.Sent[(int)way].Again, 2),
                Evidence.Is("the client gave up", seen.ClientOutcome, "application-timeout"),
            ],
        };
    }
}
