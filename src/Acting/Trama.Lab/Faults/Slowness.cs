using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Everything works, but somebody takes long.</summary>
internal static class Slowness
{
    /// <summary>The label of a server that thinks long.</summary>
    public const string OfServer = "slow-server";

    /// <summary>The label of a client that pauses or dribbles.</summary>
    public const string OfClient = "slow-client";

    /// <summary>The label of a long path.</summary>
    public const string OfNetwork = "slow-network";

    /// <summary>Replies come late.</summary>
    public static Plan Server(Dice dice)
    {
        Exchange[] exchanges = Some(dice, 1, (exchange, seconds) => exchange with { Think = seconds }, 0.4, 2.2);
        return Base(dice, OfServer, "server", null, "The server takes long to produce some of its replies; the network is fast.", exchanges)
            with
        { ThinksLong = true };
    }

    /// <summary>The client pauses between a reply and its next request.</summary>
    public static Plan Pauses(Dice dice)
    {
        Exchange[] exchanges = Some(dice, 2, (exchange, seconds) => exchange with { Pause = seconds }, 0.6, 2);
        return Base(dice, OfClient, "client", "pauses", "The client lets time pass between its own requests; server and "
            + "network answer at once.", exchanges);
    }

    /// <summary>Requests come in small pieces.</summary>
    public static Plan Dribble(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 2));
        int piece = dice.Between(8, 40);
        double gap = dice.Between(0.12, 0.3);
        for (int i = 0; i < exchanges.Length; i++) exchanges[i] = exchanges[i] with { Request = piece * dice.Between(6, 12) };
        return Base(dice, OfClient, "client", "dribble", $"The client sends its request in dribbles of {piece} bytes, {gap} s apart; the "
            + "server answers at once when the request is complete.", exchanges) with
        {
            Parameters = new() { ["piece_bytes"] = piece, ["gap_s"] = gap },
            Client = client =>
            {
                using Talk talk = client.Connect(options: socket => socket.NoDelay = true);
                foreach (Exchange exchange in exchanges)
                {
                    talk.WriteParts(talk.Make(exchange.Request), [.. Enumerable.Repeat(piece, exchange.Request / piece)],
                        TimeSpan.FromSeconds(gap));
                    talk.Read(exchange.Reply);
                }

                talk.Close();
            },
        };
    }

    /// <summary>Every exchange takes one long round trip.</summary>
    public static Plan Network(Dice dice)
    {
        // Without the handshake, a long path and a slow program may look the same.
        Surroundings around = Surroundings.Draw(dice, leastRtt: 270, mostRtt: 700);
        return Base(dice, OfNetwork, "network", null, $"Every exchange is dominated by a round-trip time of {around.RttMs} ms; nothing "
            + "is lost and both programs answer at once.", Dialogue.Small(dice, dice.Between(3, 6))) with
        {
            Around = around,
        };
    }

    // So many slow exchanges at least, none of them the first.
    private static Exchange[] Some(Dice dice, int least, Func<Exchange, double, Exchange> slow, double shortest, double longest)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(4, 8));
        int first = dice.Between(1, exchanges.Length - least);
        for (int i = 1; i < exchanges.Length; i++)
        {
            if ((i >= first && i < first + least) || dice.Chance(0.3)) exchanges[i] = slow(exchanges[i], dice.Between(shortest, longest));
        }

        return exchanges;
    }

    private static Plan Base(Dice dice, string label, string party, string? kind, string description, Exchange[] exchanges) => new()
    {
        Label = label,
        Kind = kind,
        Party = party,
        Description = description,
        Around = Surroundings.Draw(dice, mostRtt: 80).MaybeLate(dice),
        FromClient = View.Direct(label, party),
        FromServer = View.Direct(label, party),
        EndsWell = true,
        Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
        Client = client => Dialogue.AskAll(client.Connect(), exchanges),
        Parameters = new()
        {
            ["exchanges"] = exchanges.Length,
            ["think_s"] = new System.Text.Json.Nodes.JsonArray([.. exchanges.Select(exchange => exchange.Think)]),
            ["pause_s"] = new System.Text.Json.Nodes.JsonArray([.. exchanges.Select(exchange => exchange.Pause)]),
        },
        Checks = seen => [Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0)],
    };
}
