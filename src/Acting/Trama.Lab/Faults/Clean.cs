using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Nothing is wrong.</summary>
internal static class Clean
{
    /// <summary>The label.</summary>
    public const string Label = "clean";

    private static readonly View Nothing = View.Direct(Label, "none");

    /// <summary>One request, one reply.</summary>
    public static Plan Single(Dice dice)
    {
        Exchange exchange = Dialogue.Small(dice, 1)[0];
        bool serverFirst = dice.Chance(0.5);
        return Base(dice, "single", "One request, one reply, orderly close.") with
        {
            Parameters = new() { ["closes_first"] = serverFirst ? "server" : "client" },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchange);
                if (!serverFirst) talk.ReadToEnd();
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchange);
                if (serverFirst) talk.ReadToEnd();
                talk.Close();
            },
        };
    }

    /// <summary>Many small exchanges.</summary>
    public static Plan Many(Dice dice)
    {
        Surroundings around = Surroundings.Draw(dice).MaybeLate(dice);
        return Talking(dice, "many", "Many small exchanges on one connection, none of them slow.",
            Dialogue.Small(dice, dice.Between(8, 40))) with
        { Around = around };
    }

    /// <summary>A large transfer in both directions.</summary>
    public static Plan Bulk(Dice dice)
    {
        var exchange = new Exchange(dice.Between(80_000, 400_000), dice.Between(80_000, 400_000));
        Surroundings around = Surroundings.Draw(dice, mostRtt: 120).WithOptions().MaybeLate(dice);
        return Talking(dice, "bulk", "A large transfer in both directions without loss.", exchange) with { Around = around };
    }

    /// <summary>Idle periods, with keep-alive probes that are answered.</summary>
    public static Plan Idle(Dice dice)
    {
        int idle = dice.Between(1, 2);
        Exchange[] exchanges = Dialogue.Small(dice, 3);
        exchanges[2] = exchanges[2] with { Pause = dice.Between(2.5, 6) };
        return Talking(dice, "idle", "A connection that is kept open through idle periods; TCP keep-alive probes are answered.",
            exchanges) with
        {
            Parameters = new() { ["idle_before_exchange_3_s"] = exchanges[2].Pause, ["tcp_keepalive_idle_s"] = idle },
            Client = client => Dialogue.AskAll(client.Connect(options: socket => socket.KeepAlive(idle, idle, 5)), exchanges),
        };
    }

    /// <summary>The server greets first.</summary>
    public static Plan ServerFirst(Dice dice)
    {
        int greeting = dice.Between(20, 90);
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 5));
        return Base(dice, "server-first", "A protocol in which the server speaks first, followed by ordinary exchanges.") with
        {
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Write(greeting);
                Dialogue.ServeAll(talk, exchanges);
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Read(greeting);
                Dialogue.AskAll(talk, exchanges);
            },
        };
    }

    /// <summary>The client ends its stream, the server replies afterwards.</summary>
    public static Plan HalfClose(Dice dice)
    {
        var exchange = new Exchange(dice.Between(100, 9000), dice.Between(100, 5000), dice.Between(0.02, 0.06));
        return Base(dice, "half-close", "The client shuts down its sending direction after the request; the server replies "
            + "afterwards and closes.") with
        {
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Read(exchange.Request);
                talk.ReadToEnd();
                Dialogue.Sleep(exchange.Think);
                talk.Write(exchange.Reply, 1);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Write(exchange.Request);
                talk.EndStream();
                talk.Read(exchange.Reply);
                talk.ReadToEnd();
                talk.Close();
            },
        };
    }

    /// <summary>A conversation without a fault.</summary>
    internal static Plan Talking(Dice dice, string kind, string description, params Exchange[] exchanges) =>
        Base(dice, kind, description) with
        {
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client => Dialogue.AskAll(client.Connect(), exchanges),
        };

    private static Plan Base(Dice dice, string kind, string description) => new()
    {
        Label = Label,
        Kind = kind,
        Party = "none",
        Description = description,
        Around = Surroundings.Draw(dice),
        FromClient = Nothing,
        FromServer = Nothing,
        EndsWell = true,
        Server = _ => { },
        Client = _ => { },
        Checks = seen =>
        [
            Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0),
            Evidence.AtLeast("segments with data", seen.ClientSent.Data, 1),
        ],
    };
}
