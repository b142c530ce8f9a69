using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>From one moment on nothing comes from the other end, not even ACKs.</summary>
internal static class PeerVanished
{
    /// <summary>The label.</summary>
    public const string Label = "peer-vanished";

    /// <summary>The server's host disappears before a request.</summary>
    public static Plan ServerHost(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 5));
        double timeout = dice.Between(5, 9);
        double pause = dice.Between(0.05, 0.3);
        return Base(dice, "server-host", "server", $"The server host disappears before request {exchanges.Length}: the client "
            + "retransmits with exponential back-off until it gives up.", exchanges) with
        {
            FromServer = View.None,
            Vanishes = Direction.ToClient,
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges.AsSpan(..^1));
                Dialogue.Sleep(pause);
                client.Link.Vanish(Direction.ToClient);
                GiveUp(talk, timeout, () =>
                {
                    talk.Write(exchanges[^1].Request);
                    talk.Read(exchanges[^1].Reply);
                });
            },
            Checks = seen =>
            [
                Evidence.AtLeast("the request was sent again", seen.ClientSent.Again, 3),
                Evidence.Is("the client gave up", seen.ClientOutcome, "application-timeout", "ETIMEDOUT"),
            ],
        };
    }

    /// <summary>The client's host disappears while the server works on a request.</summary>
    public static Plan ClientHost(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 4));
        exchanges[^1] = exchanges[^1] with { Reply = dice.Between(300, 20_000) };
        double timeout = dice.Between(5, 9);
        double pause = dice.Between(0.05, 0.3);
        return Base(dice, "client-host", "client", $"The client host disappears while the server works on request {exchanges.Length}: "
            + "the server retransmits its reply until it gives up.", exchanges) with
        {
            FromClient = View.None,
            FromServer = View.Direct(Label, "client", "network"),
            Vanishes = Direction.ToServer,
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Socket.SetUserTimeout(timeout);
                Dialogue.Serve(talk, exchanges.AsSpan(..^1));
                talk.Read(exchanges[^1].Request);
                Dialogue.Sleep(pause);
                server.Link.Vanish(Direction.ToServer);
                talk.Write(exchanges[^1].Reply, exchanges.Length);
                talk.ReadToEnd();
            },
            Client = client => WithoutReply.AskWithin(client, timeout + 1.5, exchanges),
            Checks = seen =>
            [
                Evidence.AtLeast("the reply was sent again", seen.ServerSent.Again, 3),
                Evidence.Is("the server gave up", seen.ServerOutcome, "ETIMEDOUT"),
            ],
        };
    }

    /// <summary>The path breaks in the middle of a reply.</summary>
    public static Plan PathCut(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 4));
        exchanges[^1] = exchanges[^1] with { Reply = dice.Between(12_000, 60_000) };
        int cut = exchanges.Length - 1 + dice.Between(2, 5);
        double timeout = dice.Between(5, 8);
        return Base(dice, "path-cut", "network", $"The path breaks in the middle of reply {exchanges.Length}: the server retransmits "
            + "with exponential back-off, the client waits in vain and gives up.", exchanges) with
        {
            FromClient = View.Indirect(Label, "network", "server").Near("no-reply"),
            FromServer = View.Direct(Label, "network", "client"),
            Obstacles = [new Blackout((in Crossing crossing) => crossing.Direction == Direction.ToClient && crossing.Length > 0
                && crossing.DataIndex == cut)],
            Tail = 1.5,
            Client = client => WithoutReply.AskWithin(client, timeout, exchanges),
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Timeout = TimeSpan.FromSeconds(timeout + 1);
                Dialogue.ServeAll(talk, exchanges);
            },
            Checks = seen =>
            [
                Evidence.AtLeast("the reply was sent again", seen.ServerSent.Again, 3),
                Evidence.Exactly("the path broke", seen.Count("blackout"), 1),
                Evidence.Is("the client gave up", seen.ClientOutcome, "application-timeout"),
            ],
        };
    }

    private static Plan Base(Dice dice, string kind, string party, string description, Exchange[] exchanges) => new()
    {
        Label = Label,
        Kind = kind,
        Party = party,
        Description = description,
        Around = Surroundings.Draw(dice, mostRtt: 150).MaybeLate(dice).Alone(),
        FromClient = View.Direct(Label, "server", "network").Near("no-reply"),
        FromServer = View.Direct(Label, "client", "network"),
        Repeats = true,
        Parameters = new() { ["who"] = kind, ["exchange"] = exchanges.Length },
        Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
        Client = _ => { },
        Checks = _ => [],
    };

    private static void GiveUp(Talk talk, double seconds, Action part)
    {
        talk.Timeout = TimeSpan.FromSeconds(seconds);
        try
        {
            part();
        }
        catch (SocketException error)
        {
            talk.Outcome = Outcomes.Of(error);
            talk.Note(talk.Outcome);
        }

        talk.Close();
    }
}
