using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Connections that are idle for longer than somebody keeps them.</summary>
internal static class Idleness
{
    /// <summary>The label of a connection that was given up while it was silent.</summary>
    public const string Timeout = "idle-timeout";

    /// <summary>The label of a request that crosses the server's close.</summary>
    public const string Race = "idle-close-race";

    // The shortest limit in use is a minute.
    private const double Least = 60;
    private const double Most = 66;

    /// <summary>A device on the path forgets the connection, and swallows what comes later.</summary>
    public static Plan Swallowed(Dice dice)
    {
        Exchange[] exchanges = Some(dice);
        double idle = dice.Between(Least, Most);
        int before = exchanges.Length - 1;
        return Base(dice, Timeout, "swallowed", "network", $"After {idle} s of silence a device on the path has forgotten the connection: "
            + "what comes then is swallowed.") with
        {
            Parameters = new() { ["idle_s"] = idle },
            Repeats = true,
            Obstacles = [new Blackout((in Crossing crossing) => crossing.Direction == Direction.ToServer && crossing.Length > 0
                && crossing.DataIndex == before)],
            // Long after, the server gives up, too, and its capture shows nothing else.
            FromServer = View.Indirect(Timeout, "server", "network"),
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Timeout = TimeSpan.FromSeconds(Most + 30);
                Dialogue.Serve(talk, exchanges);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect(options: socket => socket.SetUserTimeout(6));
                Dialogue.Ask(talk, exchanges.AsSpan(..before));
                Dialogue.Sleep(idle);
                talk.Write(exchanges[before].Request);
                talk.Read(1);
            },
            Checks = seen => [Evidence.AtLeast("what came was swallowed", seen.Count("drop"), 3)],
        };
    }

    /// <summary>The server gives the connection up with RST.</summary>
    public static Plan Reset(Dice dice)
    {
        Exchange[] exchanges = Some(dice);
        double idle = dice.Between(Least, Most);
        return Base(dice, Timeout, "reset", "server", $"After {idle} s of silence the server gives the connection up with RST.") with
        {
            Parameters = new() { ["idle_s"] = idle },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges);
                Dialogue.Sleep(idle);
                talk.Abort();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Timeout = TimeSpan.FromSeconds(Most + 30);
                Dialogue.Ask(talk, exchanges);
                talk.Read(1);
            },
            Checks = seen => [Evidence.AtLeast("the server sent RST", seen.ServerSent.Resets, 1)],
        };
    }

    /// <summary>The server closes the idle connection while the client's next request is on its way.</summary>
    public static Plan Crossing(Dice dice)
    {
        Exchange[] exchanges = Some(dice);
        double idle = dice.Between(2, 5.0);
        return Base(dice, Race, null, "server", $"After {idle} s of silence the server closes, and the client asks at the same moment: "
            + "the two cross on the path.", leastRtt: 20) with
        {
            Parameters = new() { ["idle_s"] = idle },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges.AsSpan(..^1));
                Dialogue.Sleep(idle);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges.AsSpan(..^1));
                Dialogue.Sleep(idle);
                talk.Write(exchanges[^1].Request);
                talk.Read(exchanges[^1].Reply);
                talk.Close();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("the server's host sent RST", seen.ServerSent.Resets, 1),
                new Check("the server's FIN left before the request came", seen.ServerSent.FirstFin > 0),
            ],
        };
    }

    private static Exchange[] Some(Dice dice) => Dialogue.Small(dice, dice.Between(2, 5));

    private static Plan Base(Dice dice, string label, string? kind, string party, string description, double leastRtt = 0.2) => new()
    {
        Label = label,
        Kind = kind,
        Party = party,
        Description = description,
        Around = Surroundings.Draw(dice, leastRtt: leastRtt).Alone(),
        FromClient = View.Direct(label, party),
        FromServer = View.Direct(label, party),
        Server = _ => { },
        Client = _ => { },
        Checks = _ => [],
    };
}
