using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>The connection is idle, the other end is gone, and keep-alive probes stay unanswered (RFC 9293 section 3.8.4).</summary>
internal static class KeepaliveFailure
{
    /// <summary>The label.</summary>
    public const string Label = "keepalive-failure";

    /// <summary>The server's host disappears, the client probes.</summary>
    public static Plan ClientProbes(Dice dice)
    {
        (Exchange[] exchanges, int idle, int count, double pause) = Draw(dice);
        return Base(dice, "client-probes", "server", idle, count) with
        {
            Description = "The server host disappears while the connection is idle: the client's keep-alive probes stay unanswered and "
                + "its kernel ends the connection.",
            FromClient = View.Direct(Label, "server", "network").Near("peer-vanished"),
            FromServer = View.None,
            Vanishes = Direction.ToClient,
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client =>
            {
                using Talk talk = client.Connect(options: socket => socket.KeepAlive(idle, 1, count));
                Dialogue.Ask(talk, exchanges);
                Dialogue.Sleep(pause);
                client.Link.Vanish(Direction.ToClient);
                talk.ReadToEnd();
            },
            Checks = seen =>
            [
                Evidence.Is("the client's kernel gave up", seen.ClientOutcome, "ETIMEDOUT"),
                Evidence.AtLeast("RST from the client", seen.ClientSent.Resets, 1),
            ],
        };
    }

    /// <summary>The client's host disappears, the server probes.</summary>
    public static Plan ServerProbes(Dice dice)
    {
        (Exchange[] exchanges, int idle, int count, double pause) = Draw(dice);
        return Base(dice, "server-probes", "client", idle, count) with
        {
            Description = "The client host disappears while the connection is idle: the server's keep-alive probes stay unanswered and "
                + "its kernel ends the connection.",
            FromClient = View.None,
            FromServer = View.Direct(Label, "client", "network").Near("peer-vanished"),
            Vanishes = Direction.ToServer,
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Socket.KeepAlive(idle, 1, count);
                Dialogue.Serve(talk, exchanges);
                Dialogue.Sleep(pause);
                server.Link.Vanish(Direction.ToServer);
                talk.ReadToEnd();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges);
                talk.Timeout = TimeSpan.FromSeconds(idle + count + 2);
                talk.ReadToEnd();
            },
            Checks = seen =>
            [
                Evidence.Is("the server's kernel gave up", seen.ServerOutcome, "ETIMEDOUT"),
                Evidence.AtLeast("RST from the server", seen.ServerSent.Resets, 1),
            ],
        };
    }

    private static (Exchange[] Exchanges, int Idle, int Count, double Pause) Draw(Dice dice) =>
        (Dialogue.Small(dice, dice.Between(1, 5)), dice.Between(1, 2), dice.Between(3, 5), dice.Between(0.4, 0.8));

    private static Plan Base(Dice dice, string kind, string party, int idle, int count) => new()
    {
        Label = Label,
        Kind = kind,
        Party = party,
        Description = "",
        Around = Surroundings.Draw(dice, mostRtt: 150).MaybeLate(dice).Alone(),
        FromClient = View.None,
        FromServer = View.None,
        Repeats = true,
        Parameters = new()
        {
            ["who_probes"] = kind[..kind.IndexOf('-')],
            ["keepalive_idle_s"] = idle,
            ["keepalive_interval_s"] = 1,
            ["keepalive_count"] = count
        },
        Server = _ => { },
        Client = _ => { },
        Checks = _ => [],
    };
}
