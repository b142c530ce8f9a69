using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;
using Trama.Packets.Transport;

namespace Trama.Lab.Faults;

/// <summary>Connections whose ports and numbers somebody lost track of.</summary>
internal static class Numbers
{
    /// <summary>The label of a SYN on addresses and ports on which the server still has a connection.</summary>
    public const string Collision = "connection-collision";

    /// <summary>The label of a connection that goes on from another port.</summary>
    public const string TranslationLost = "translation-lost";

    /// <summary>The label of segments beyond every window.</summary>
    public const string Exceeded = "window-exceeded";

    /// <summary>The client's RST is lost, and its next connection has the same port: the server knows the old one.</summary>
    public static Plan SamePort(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 3));
        int port = dice.Between(32_768, 60_999);
        double between = dice.Between(0.1, 1);
        return Base(dice, Collision, "network", "The client's RST never reaches the server; the client's next connection has the same "
            + "port, and the server answers its SYN with an acknowledgement of the old one.") with
        {
            FromClient = View.Direct(Collision, "network", "client"),
            FromServer = View.Direct(Collision, "network", "client"),
            Parameters = new() { ["client_port"] = port, ["seconds_between"] = between },
            Obstacles = [new Dropping("rst", (in Crossing crossing) => crossing.Direction == Direction.ToServer
                && (crossing.Flags & (TcpFlags.Rst | TcpFlags.Ack)) == (TcpFlags.Rst | TcpFlags.Ack))],
            Server = server =>
            {
                System.Net.Sockets.Socket listening = server.Listen();
                using Talk first = server.Accept(listening);
                Dialogue.Serve(first, exchanges);
                using Talk second = server.Accept(listening);
                Dialogue.ServeAll(second, exchanges);
            },
            Client = client =>
            {
                using (Talk first = client.Connect(port: port))
                {
                    Dialogue.Ask(first, exchanges);
                    Dialogue.Sleep(between);
                    first.Abort();
                }

                Dialogue.AskAll(client.Connect(port: port), exchanges);
            },
            Checks = seen =>
            [
                Evidence.Exactly("the RST was lost", seen.Count("drop", "rst"), 1),
                Evidence.AtLeast("the second SYN was repeated", seen.ClientSent.Syns, 3),
                Evidence.Exactly("the challenge was answered with RST", seen.ServerGot.Resets, 1),
            ],
        };
    }

    /// <summary>A device that translates addresses forgets the connection, and gives its next segment another port.</summary>
    public static Plan OtherPort(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 5));
        int before = exchanges.Length - 1, port = dice.Between(1024, 32_000);
        double idle = dice.Between(1.5, 6);
        return Base(dice, TranslationLost, "network", $"After {idle} s of silence a device on the path has forgotten the connection: the "
            + "next segment goes on from another port, of which the server knows nothing.") with
        {
            // The client's side of the device shows a RST that acknowledges nothing: its server knows the connection no more.
            FromClient = new View("indirect", [TranslationLost, Resets.ByServer], ["network", "server"], []),
            FromServer = View.Direct(TranslationLost, "network"),
            Parameters = new() { ["idle_s"] = idle, ["other_port"] = port },
            Obstacles = [new Renaming((in Crossing crossing) => crossing.Length > 0 && crossing.DataIndex == before, port)],
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges.AsSpan(..before));
                talk.Timeout = TimeSpan.FromSeconds(idle + 1);
                talk.Read(1);
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges.AsSpan(..before));
                Dialogue.Sleep(idle);
                talk.Write(exchanges[before].Request);
                talk.Read(1);
            },
            Checks = seen =>
            [
                Evidence.Exactly("the port was changed", seen.Count("translate"), 1),
                Evidence.Exactly("the server's host sent RST", seen.ServerSent.Resets, 1),
                Evidence.Is("the client met it", seen.ClientOutcome, "ECONNRESET"),
            ],
        };
    }

    /// <summary>The server's TCP sends more than the client's window takes.</summary>
    public static Plan BeyondTheWindow(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(3, 6));
        Plan plan = Base(dice, Exceeded, "server", "The server's TCP sends segments beyond the window that the client offers; the "
            + "client throws them away.");
        Surroundings around = plan.Around with
        {
            ClientHost = plan.Around.ClientHost with { WindowScaling = false },
            ServerHost = plan.Around.ServerHost with { WindowScaling = false },
        };
        int segments = dice.Between(2, 6);
        return plan with
        {
            Around = around,
            FromClient = View.Direct(Exceeded, "server"),
            FromServer = View.Direct(Exceeded, "server"),
            Parameters = new() { ["segments"] = segments },
            Obstacles = [new Overrunning((in Crossing crossing) => crossing is { Direction: Direction.ToServer, DataIndex: 2, Length: > 0 },
                segments, bytes: dice.Between(500, 1400), around.ServerHost.TimeToLive)],
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client => Dialogue.AskAll(client.Connect(), [.. exchanges.Select(one => one with { Pause = 0.3 })]),
            EndsWell = true,
            Checks = seen => [Evidence.AtLeast("segments of the server", seen.ServerSent.Data, exchanges.Length + segments)],
        };
    }

    private static Plan Base(Dice dice, string label, string party, string description) => new()
    {
        Label = label,
        Party = party,
        Description = description,
        Around = Surroundings.Draw(dice).Alone(),
        FromClient = View.None,
        FromServer = View.None,
        Repeats = true,
        Server = _ => { },
        Client = _ => { },
        Checks = _ => [],
    };
}
