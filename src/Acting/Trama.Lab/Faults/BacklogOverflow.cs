using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>The server listens but does not accept.</summary>
internal static class BacklogOverflow
{
    /// <summary>The label.</summary>
    public const string Label = "backlog-overflow";

    private const double ConnectTimeout = 5;

    /// <summary>It never accepts.</summary>
    public static Plan Stuck(Dice dice) => Base(dice, "stuck", null);

    /// <summary>It accepts again after a while.</summary>
    public static Plan Drains(Dice dice) => Base(dice, "drains", dice.Between(2.2, 3.5));

    private static Plan Base(Dice dice, string kind, double? stuck)
    {
        int backlog = dice.Between(1, 2);
        int clients = backlog + dice.Between(3, 5);
        double stagger = dice.Between(0.05, 0.2);
        Exchange exchange = Dialogue.Small(dice, 1)[0];
        View view = View.Direct(Label, "server").Near("connection-filtered", "no-reply", "slow-server");
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "server",
            Description = stuck is null
                ? $"The server listens with a backlog of {backlog} and never calls accept(): the queue fills and further SYNs are dropped."
                : $"The server listens with a backlog of {backlog} and does not accept() for {stuck} s: the queue fills and further "
                    + "SYNs are dropped.",
            Around = Surroundings.Draw(dice, mostRtt: 120).Alone(),
            FromClient = view,
            FromServer = view,
            Backlog = backlog,
            Repeats = true,
            Parameters = new() { ["clients"] = clients, ["backlog"] = backlog, ["stuck_s"] = stuck, ["stagger_s"] = stagger },
            Server = server =>
            {
                Socket listening = server.Listen();
                if (stuck is not { } seconds) return;
                Dialogue.Sleep(seconds);
                for (int client = 0; client < clients; client++)
                {
                    try
                    {
                        Dialogue.ServeAll(server.Accept(listening), exchange);
                    }
                    catch (SocketException)
                    {
                        // This client had given up.
                    }
                }
            },
            Client = client => Crowd(client, clients, stagger, exchange, stuck),
            Checks = seen =>
            [
                Evidence.AtLeast("clients whose SYN was repeated", seen.ClientSent.Syns - clients, 1),
                Evidence.AtLeast("clients that the kernel connected", seen.Connections.Count(log => log.Connected is not null), 1),
                stuck is null
                    ? Evidence.Exactly("no client got a reply", seen.ServerSent.Data, 0)
                    : Evidence.AtLeast("clients that got their reply", seen.Connections.Count(log => log.ClientOutcome == "ok"),
                        clients / 2),
            ],
        };
    }

    private static void Crowd(ClientProgram client, int clients, double stagger, Exchange exchange, double? stuck)
    {
        List<Thread> threads = [];
        for (int i = 0; i < clients; i++)
        {
            if (i > 0) Dialogue.Sleep(stagger);
            threads.Add(client.Start(() =>
            {
                using Talk talk = client.Connect(TimeSpan.FromSeconds(stuck + ConnectTimeout ?? ConnectTimeout));
                talk.Timeout = TimeSpan.FromSeconds(stuck is null ? 4 : 10);
                try
                {
                    Dialogue.AskAll(talk, exchange);
                }
                catch (SocketException error)
                {
                    talk.Outcome = Outcomes.Of(error);
                    talk.Close();
                }
            }));
        }

        threads.ForEach(thread => thread.Join());
    }
}
