using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Nothing is wrong, though it is no dialogue in turns.</summary>
internal static class CleanTraffic
{
    private const int Greeting = 40;

    /// <summary>The client writes requests without waiting for replies; the server answers each.</summary>
    public static Plan Pipelined(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(4, 12));
        return Clean.Talking(dice, "pipelined", "The client writes several requests without waiting; the server answers each "
            + "of them in order.", exchanges) with
        {
            Client = client =>
            {
                using Talk talk = client.Connect(options: socket => socket.NoDelay = true);
                foreach (Exchange exchange in exchanges) talk.Write(exchange.Request);
                foreach (Exchange exchange in exchanges) talk.Read(exchange.Reply);
                talk.Close();
            },
            Server = server =>
            {
                using Talk talk = server.Accept();
                for (int i = 0; i < exchanges.Length; i++)
                {
                    talk.Read(exchanges[i].Request);
                    talk.Write(exchanges[i].Reply, i + 1);
                }

                talk.ReadToEnd();
                talk.Close();
            },
        };
    }

    /// <summary>The client subscribes, and the server sends when it has something.</summary>
    public static Plan Pushes(Dice dice)
    {
        (int Length, double Pause)[] pushes = [.. Enumerable.Range(0, dice.Between(4, 10))
            .Select(_ => (dice.Between(40, 900), dice.Between(0.05, 0.6)))];
        return Clean.Talking(dice, "pushes", "The client subscribes once; the server sends messages of its own from time to time.") with
        {
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Read(Greeting);
                talk.Write(Greeting, 1);
                foreach ((int length, double pause) in pushes)
                {
                    Dialogue.Sleep(pause);
                    talk.Write(length);
                }

                talk.ReadToEnd();
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Write(Greeting);
                talk.Read(Greeting + pushes.Sum(push => push.Length));
                talk.Close();
            },
        };
    }

    /// <summary>Several short connections, one after the other and beside each other.</summary>
    public static Plan Short(Dice dice)
    {
        Exchange exchange = Dialogue.Small(dice, 1)[0];
        int connections = dice.Between(4, 12);
        double between = dice.Between(0.01, 0.06);
        return Clean.Talking(dice, "short", "Several short connections with one exchange each, close together.") with
        {
            Parameters = new() { ["connections"] = connections },
            Server = server =>
            {
                Socket listening = server.Listen();
                for (int i = 0; i < connections; i++)
                {
                    using Talk talk = server.Accept(listening);
                    Dialogue.Serve(talk, exchange);
                    talk.Close();
                }
            },
            Client = client =>
            {
                List<Thread> threads = [];
                for (int i = 0; i < connections; i++)
                {
                    threads.Add(client.Start(() =>
                    {
                        using Talk talk = client.Connect();
                        Dialogue.Ask(talk, exchange);
                        talk.ReadToEnd();
                        talk.Close();
                    }));
                    Dialogue.Sleep(between);
                }

                threads.ForEach(thread => thread.Join());
            },
        };
    }

    /// <summary>The server closes a connection that has been idle for a while, as servers do.</summary>
    public static Plan ClosedWhenIdle(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 6));
        double idle = dice.Between(1, 4);
        return Clean.Talking(dice, "closed-when-idle", "After a few exchanges the connection is idle; the server closes it in order, "
            + "and the client too.", exchanges) with
        {
            Parameters = new() { ["idle_s"] = idle },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges);
                Dialogue.Sleep(idle);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges);
                talk.ReadToEnd();
                talk.Close();
            },
        };
    }

    /// <summary>A person types at the client: keys that the server echoes, with human pauses, and a line now and then.</summary>
    public static Plan Typed(Dice dice)
    {
        double[] pauses = [.. Enumerable.Range(0, dice.Between(12, 30)).Select(_ => dice.Chance(0.2) ? dice.Between(0.7, 2.2)
            : dice.Between(0.08, 0.4))];
        return Clean.Talking(dice, "typed", "A person types: keys come one by one, at human intervals, and are echoed.") with
        {
            Parameters = new() { ["keys"] = pauses.Length },
            Server = server =>
            {
                using Talk talk = server.Accept();
                byte[] key = [(byte)'k'];
                while (talk.ReadSome(1) > 0) talk.Write(key);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect(options: socket => socket.NoDelay = true);
                foreach (double pause in pauses)
                {
                    Dialogue.Sleep(pause);
                    talk.Write([(byte)'k']);
                    talk.Read(1);
                }

                talk.Close();
            },
        };
    }

    /// <summary>Ordinary exchanges, which a mirror port shows twice.</summary>
    public static Plan Mirrored(Dice dice) => Captured(dice, "mirrored", "Ordinary exchanges; the captures have every packet twice.",
        capture => capture with { Twice = true });

    /// <summary>Ordinary exchanges, of which the captures have one direction only.</summary>
    public static Plan OneSided(Dice dice) =>
        Captured(dice, "one-sided", "Ordinary exchanges; the captures have what their host sends, only.",
        capture => capture with { SentOnly = true });

    private static Plan Captured(Dice dice, string kind, string description, Func<CaptureSettings, CaptureSettings> how)
    {
        Plan plan = Clean.Talking(dice, kind, description, Dialogue.Small(dice, dice.Between(4, 20)));
        return plan with { Around = plan.Around with { Capture = how(plan.Around.Capture) } };
    }
}
