using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Connections that are opened, and in which nothing is said.</summary>
internal static class Knocking
{
    /// <summary>The label of a client that tries many ports.</summary>
    public const string Scan = "port-scan";

    /// <summary>The label of a server that accepts and closes.</summary>
    public const string NoGreeting = "closed-without-greeting";

    // Ports at which the server speaks first.
    private const int Ftp = 21, Ssh = 22, Smtp = 25, Mysql = 3306;

    /// <summary>A client tries port after port; nothing listens at most of them.</summary>
    public static Plan Ports(Dice dice)
    {
        int ports = dice.Between(20, 60), first = dice.Between(1000, 60_000);
        double between = dice.Between(0.002, 0.08);
        return Base(dice, Scan, "client", $"A client tries {ports} ports of the server, one after the other, and says nothing.",
            mostRtt: 60) with
        {
            Parameters = new() { ["ports"] = ports, ["seconds_between"] = between },
            Server = server => server.Ready(),
            Client = client =>
            {
                for (int i = 0; i < ports; i++)
                {
                    client.Probe(first + i);
                    Dialogue.Sleep(between);
                }
            },
            Checks = seen => [Evidence.AtLeast("ports that refused", seen.Connections.Count(log => log.ClientOutcome == "ECONNREFUSED"),
                ports - 2)],
        };
    }

    /// <summary>The server accepts and closes before it says a word, as a wrapper does that lets nobody in.</summary>
    public static Plan Closed(Dice dice)
    {
        double after = dice.Between(0.001, 0.5);
        Plan plan = Base(dice, NoGreeting, "server", "The server accepts the connection and closes it without a word.");
        return plan with
        {
            Around = plan.Around with { Port = dice.IsPlain ? Ftp : dice.Pick(Ftp, Ssh, Smtp, Mysql) },
            Parameters = new() { ["seconds_before_close"] = after },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Sleep(after);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.ReadToEnd();
                talk.Close();
            },
            Checks = seen => [Evidence.Exactly("no RST", seen.ServerSent.Resets + seen.ClientSent.Resets, 0)],
        };
    }

    private static Plan Base(Dice dice, string label, string party, string description, double mostRtt = 150) => new()
    {
        Label = label,
        Party = party,
        Description = description,
        Around = Surroundings.Draw(dice, mostRtt: mostRtt).Alone(),
        FromClient = View.Direct(label, party),
        FromServer = View.Direct(label, party),
        Server = _ => { },
        Client = _ => { },
        Checks = _ => [],
    };
}
