using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Faults;

/// <summary>Many SYNs from changing ports or addresses, whose SYN-ACKs nobody acknowledges (RFC 4987).</summary>
internal static class SynFlood
{
    /// <summary>The label.</summary>
    public const string Label = "syn-flood";

    private const double After = 0.15;
    private const double Repetition = 1.3;

    /// <summary>The server answers with cookies.</summary>
    public static Plan Cookies(Dice dice) => Base(dice, "syncookies", true);

    /// <summary>It keeps every half-open connection.</summary>
    public static Plan NoCookies(Dice dice) => Base(dice, "no-syncookies", false);

    private static Plan Base(Dice dice, string kind, bool cookies)
    {
        Surroundings around = Surroundings.Draw(dice, mostRtt: 120).Alone();
        around = around with { ServerHost = around.ServerHost with { SynCookies = cookies } };
        int syns = dice.Between(60, 180);
        int sources = dice.Pick(1, dice.Between(8, 60));
        double gap = dice.Between(0.002, 0.012);
        int backlog = dice.Pick(16, 64);
        bool legitimate = dice.Chance(0.4);
        Exchange[] exchanges = Dialogue.Small(dice, 2);
        (double At, byte[] Packet)[] flood = [.. Enumerable.Range(0, syns).Select(i => (After + (i * gap), Syn(dice, around, sources)))];
        HashSet<Endpoint> forged = [.. flood.Select(syn => Source(syn.Packet, around.IsIpv6))];
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "client",
            Description = $"A burst of {syns} SYNs from {(sources == 1 ? "one source address" : $"{sources} source addresses")} is never "
                + "completed: the server is left with half-open connections.",
            Around = around,
            FromClient = View.Direct(Label, "client"),
            FromServer = View.Direct(Label, "client"),
            Backlog = backlog,
            Repeats = true,
            Parameters = new()
            {
                ["syns"] = syns,
                ["source_addresses"] = sources,
                ["mean_gap_s"] = gap,
                ["backlog"] = backlog,
                ["syncookies"] = cookies,
                ["legitimate_client"] = legitimate
            },
            // No host has these addresses and ports: nobody answers the SYN-ACKs.
            Obstacles = [new Refusing((in Crossing crossing) => crossing.Direction == Direction.ToClient
                && forged.Contains(crossing.Destination))],
            Beginning = (wire, now) =>
            {
                foreach ((double at, byte[] packet) in flood) wire.At(now + Surroundings.Nanoseconds(at * 1000), () =>
                    wire.Originate(Direction.ToServer, packet));
            },
            Server = server =>
            {
                Socket listening = server.Listen();
                if (legitimate) Dialogue.ServeAll(server.Accept(listening), exchanges);
            },
            Client = client =>
            {
                if (legitimate)
                {
                    Talk talk = client.Connect();
                    Dialogue.Ask(talk, exchanges);
                    talk.Close();
                }

                // The server listens until its SYN-ACKs were repeated.
                Dialogue.Sleep(After + (syns * gap) + Repetition);
            },
            Checks = seen =>
            [
                Evidence.AtLeast("SYNs", seen.ServerGot.Syns, syns),
                Evidence.AtLeast("SYN-ACKs", seen.ServerSent.SynAcks, Math.Min(backlog / 2, syns / 3)),
                Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0),
            ],
        };
    }

    private static byte[] Syn(Dice dice, Surroundings around, int sources)
    {
        byte[] address = around.ClientAddress.GetAddressBytes();
        if (sources > 1) address[^1] = (byte)(1 + dice.Between(0, sources - 1));
        var from = new Endpoint(IpAddress.FromBytes(address), (ushort)dice.Between(1024, 65535));
        var to = new Endpoint(IpAddress.FromBytes(around.ServerAddress.GetAddressBytes()), (ushort)around.Port);
        ReadOnlySpan<byte> largestSegment = [2, 4, 0x05, 0xb4];
        return Forge.Segment(from, to, new SequenceNumber((uint)dice.Seed()), default, TcpFlags.Syn, around.ClientHost.TimeToLive,
            window: 64240, largestSegment);
    }

    private static Endpoint Source(byte[] packet, bool ipv6) => ipv6
        ? new Endpoint(IpAddress.FromBytes(packet.AsSpan(8, 16)), (ushort)(packet[40] << 8 | packet[41]))
        : new Endpoint(IpAddress.FromBytes(packet.AsSpan(12, 4)), (ushort)(packet[20] << 8 | packet[21]));
}
