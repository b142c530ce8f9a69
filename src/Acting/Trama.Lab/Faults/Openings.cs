using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Faults;

/// <summary>Handshakes that go wrong, or not as the client hoped.</summary>
internal static class Openings
{
    /// <summary>The label of a SYN-ACK that nobody acknowledges.</summary>
    public const string HalfOpen = "half-open";

    /// <summary>The label of data of a SYN that the server does not take.</summary>
    public const string FastOpen = "fast-open-refused";

    // A SYN-ACK is repeated after one, three and seven seconds.
    private const double Repetitions = 3.3;

    /// <summary>One SYN, of a client that is gone, or whose firewall keeps the answers from it.</summary>
    public static Plan Unanswered(Dice dice)
    {
        Surroundings around = Surroundings.Draw(dice).Alone();
        var from = new Endpoint(IpAddress.FromBytes(around.ClientAddress.GetAddressBytes()), (ushort)dice.Between(32_768, 60_999));
        var to = new Endpoint(IpAddress.FromBytes(around.ServerAddress.GetAddressBytes()), (ushort)around.Port);
        byte[] syn = Forge.Segment(from, to, new SequenceNumber((uint)dice.Seed()), default, TcpFlags.Syn, around.ClientHost.TimeToLive,
            window: 64240, options: [2, 4, 0x05, 0xb4]);
        return new Plan
        {
            Label = HalfOpen,
            Party = "network",
            Description = "A SYN is answered, and the answer never reaches the program that sent it: the server repeats it in vain.",
            Around = around,
            FromClient = View.Direct(HalfOpen, "network"),
            FromServer = View.Direct(HalfOpen, "network"),
            Repeats = true,
            Obstacles = [new Refusing((in Crossing crossing) => crossing.Direction == Direction.ToClient)],
            Beginning = (wire, now) => wire.At(now + Surroundings.Nanoseconds(200), () => wire.Originate(Direction.ToServer, syn)),
            Server = server => server.Listen(),
            Client = _ => Dialogue.Sleep(Repetitions),
            Checks = seen =>
            [
                Evidence.Exactly("SYNs", seen.ServerGot.Syns, 1),
                Evidence.AtLeast("SYN-ACKs", seen.ServerSent.SynAcks, 2),
                Evidence.Exactly("no RST", seen.ClientSent.Resets, 0),
            ],
        };
    }

    /// <summary>The client's first words come with its SYN; the server's host does not take them (RFC 7413).</summary>
    public static Plan Early(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 4));
        Surroundings around = Surroundings.Draw(dice);
        var view = new View("direct", [FastOpen, Clean.Label], ["none"], []);
        return new Plan
        {
            Label = FastOpen,
            Party = "none",
            Description = "The client's first request comes with its SYN; the server acknowledges the SYN alone, and the request is sent "
                + "again.",
            Around = around with { ClientHost = around.ClientHost with { FastOpen = true } },
            FromClient = view,
            FromServer = view,
            Repeats = true,
            EndsWell = true,
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client => Dialogue.AskAll(client.Connect(options: socket => socket.OpenFast()), exchanges),
            Checks = seen => [Evidence.AtLeast("the request was sent again", seen.ClientSent.Again, 1)],
        };
    }
}
