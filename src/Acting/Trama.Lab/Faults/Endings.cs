using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>What looks odd at the end of a connection, and is nobody's fault.</summary>
internal static class Endings
{
    /// <summary>The label of successive connections with the same addresses and ports.</summary>
    public const string PortReuse = "ephemeral-port-reuse";

    /// <summary>The label of FINs that cross.</summary>
    public const string Simultaneous = "simultaneous-close";

    /// <summary>Successive connections from one port.</summary>
    public static Plan SamePort(Dice dice)
    {
        int connections = dice.Between(2, 4);
        int port = dice.Between(32_768, 60_999);
        double between = dice.Between(0.3, 1.2);
        Exchange[][] exchanges = [.. Enumerable.Range(0, connections).Select(_ => Dialogue.Small(dice, dice.Between(1, 3)))];
        return Base(dice, PortReuse, "server-fin", "Successive connections with the same addresses and ports: separate conversations.") with
        {
            Parameters = new() { ["client_port"] = port, ["connections"] = connections, ["seconds_between"] = between },
            Server = server =>
            {
                Socket listening = server.Listen();
                foreach (Exchange[] part in exchanges)
                {
                    using Talk talk = server.Accept(listening);
                    Dialogue.Serve(talk, part);
                    // The side that closes first keeps the connection in TIME-WAIT; the client's port is free at once.
                    talk.Close();
                }
            },
            Client = client =>
            {
                foreach (Exchange[] part in exchanges)
                {
                    using Talk talk = client.Connect(port: port);
                    Dialogue.Ask(talk, part);
                    talk.ReadToEnd();
                    talk.Close();
                    Dialogue.Sleep(between);
                }
            },
            Checks = seen =>
            [
                Evidence.Exactly("connections", seen.Connections.Count, connections),
                Evidence.Exactly("SYNs", seen.ClientSent.Syns, connections),
                Evidence.Exactly("client ports", seen.Connections.Select(log => log.Client.Port).Distinct().Count(), 1),
                Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0),
            ],
        };
    }

    /// <summary>Both ends close at the same moment.</summary>
    public static Plan AtOnce(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 4));
        double wait = dice.Between(0.2, 1);
        Surroundings around = Surroundings.Draw(dice, leastRtt: 15).MaybeLate(dice);
        var moment = new Barrier(2);
        return Base(dice, Simultaneous, null, "Both ends close at the same moment: the two FINs cross on the path.") with
        {
            Around = around,
            Parameters = new() { ["exchanges"] = exchanges.Length, ["closed_after_s"] = wait },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges);
                CloseTogether(talk, moment, wait);
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, exchanges);
                CloseTogether(talk, moment, wait);
            },
            Checks = seen =>
            [
                new Check(
                    "each FIN set out before the other arrived",
                    seen.ClientSent.FirstFin > 0 && seen.ServerSent.FirstFin > 0
                        && seen.ClientSent.FirstFin < seen.ClientGot.FirstFin && seen.ServerSent.FirstFin < seen.ServerGot.FirstFin),
                Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0),
            ],
        };
    }

    private static void CloseTogether(Talk talk, Barrier moment, double wait)
    {
        moment.SignalAndWait(Talk.Patience);
        Dialogue.Sleep(wait);
        talk.Close();
    }

    private static Plan Base(Dice dice, string label, string? kind, string description)
    {
        var view = new View("direct", [label, Clean.Label], ["none"], []);
        return new Plan
        {
            Label = label,
            Kind = kind,
            Party = "none",
            Description = description,
            Around = Surroundings.Draw(dice),
            FromClient = view,
            FromServer = view,
            EndsWell = true,
            Server = _ => { },
            Client = _ => { },
            Checks = _ => [],
        };
    }
}
