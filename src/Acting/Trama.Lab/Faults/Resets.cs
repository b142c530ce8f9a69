using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>One of the two programs ends the connection with RST.</summary>
internal static class Resets
{
    /// <summary>The label of the server's.</summary>
    public const string ByServer = "reset-by-server";

    /// <summary>The label of the client's.</summary>
    public const string ByClient = "reset-by-client";

    /// <summary>The server, after a request was read.</summary>
    public static Plan NoReply(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 5));
        double wait = dice.Between(0.005, 0.2);
        return Server(dice, "no-reply", $"After reading request {exchanges.Length} the server aborts the connection (RST) "
            + "instead of replying.") with
        {
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges.AsSpan(..^1));
                talk.Read(exchanges[^1].Request);
                Dialogue.Sleep(wait);
                talk.Abort();
            },
            Client = client => Dialogue.AskAll(client.Connect(), exchanges),
        };
    }

    /// <summary>The server, in the middle of a reply.</summary>
    public static Plan MidReply(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 4));
        int written = dice.Between(3000, 9000);
        exchanges[^1] = exchanges[^1] with { Reply = written * 3 };
        double wait = dice.Between(0.02, 0.1);
        Surroundings around = Surroundings.Draw(dice);
        return Server(dice, "mid-reply", $"The server aborts the connection (RST) in the middle of reply {exchanges.Length}.") with
        {
            Around = around,
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges.AsSpan(..^1));
                talk.Read(exchanges[^1].Request);
                talk.WriteStart(exchanges[^1].Reply, written, exchanges.Length);
                Dialogue.Sleep((around.RttMs / 1000) + wait);
                talk.Abort();
            },
            Client = client => Dialogue.AskAll(client.Connect(), exchanges),
        };
    }

    /// <summary>The server, while the connection is idle.</summary>
    public static Plan Idle(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 6));
        double idle = dice.Between(0.8, 3);
        return Server(dice, "idle", "The server aborts the connection (RST) while it is idle.") with
        {
            Around = Surroundings.Draw(dice).MaybeLate(dice),
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
                Dialogue.Ask(talk, exchanges);
                talk.ReadToEnd();
            },
        };
    }

    /// <summary>The client, while the server works on a request.</summary>
    public static Plan AfterRequest(Dice dice)
    {
        double wait = dice.Between(0.1, 0.6);
        Surroundings around = Surroundings.Draw(dice);
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 4));
        exchanges[^1] = exchanges[^1] with { Think = wait + (2 * around.RttMs / 1000) + 0.3 };
        return Client(around, "after-request", "The client aborts the connection (RST) while the server is still working on request "
            + $"{exchanges.Length}.") with
        {
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges.AsSpan(..^1));
                talk.Write(exchanges[^1].Request);
                Dialogue.Sleep(wait + (around.RttMs / 1000));
                talk.Abort();
            },
        };
    }

    /// <summary>The client, in the middle of a reply.</summary>
    public static Plan MidRead(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 3));
        int read = dice.Between(2000, 12_000);
        exchanges[^1] = exchanges[^1] with { Reply = dice.Between(120_000, 300_000) };
        return Client(Surroundings.Draw(dice, leastRtt: 8, mostRtt: 150), "mid-read",
            $"The client aborts the connection (RST) while it is receiving reply {exchanges.Length}.") with
        {
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges.AsSpan(..^1));
                talk.Write(exchanges[^1].Request);
                talk.Read(read);
                talk.Abort();
            },
        };
    }

    private static Plan Server(Dice dice, string kind, string description)
    {
        View view = View.Direct(ByServer, "server").Near("closed-without-reply");
        return new Plan
        {
            Label = ByServer,
            Kind = kind,
            Party = "server",
            Description = description,
            Around = Surroundings.Draw(dice),
            FromClient = view,
            FromServer = view,
            Server = _ => { },
            Client = _ => { },
            Checks = seen =>
            [
                Evidence.AtLeast("RST from the server", seen.ServerSent.Resets, 1),
                Evidence.Exactly("no RST from the client before it", seen.ClientSent.Resets, 0),
                Evidence.Exactly("no FIN from the server", seen.ServerSent.Fins, 0),
                Evidence.Is("the client met it", seen.ClientOutcome, "ECONNRESET", "EPIPE"),
            ],
        };
    }

    private static Plan Client(Surroundings around, string kind, string description) => new()
    {
        Label = ByClient,
        Kind = kind,
        Party = "client",
        Description = description,
        Around = around,
        FromClient = View.Direct(ByClient, "client"),
        FromServer = View.Direct(ByClient, "client"),
        Server = _ => { },
        Client = _ => { },
        Checks = seen =>
        [
            Evidence.AtLeast("RST from the client", seen.ClientSent.Resets, 1),
            Evidence.Exactly("no FIN from the client", seen.ClientSent.Fins, 0),
            Evidence.Is("the server met it", seen.ServerOutcome, "ECONNRESET", "EPIPE"),
        ],
    };
}
