using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>A request is read, and no reply comes.</summary>
internal static class WithoutReply
{
    /// <summary>The label of a server that closes.</summary>
    public const string Closed = "closed-without-reply";

    /// <summary>The label of a server that does nothing.</summary>
    public const string Silent = "no-reply";

    /// <summary>The server closes.</summary>
    public static Plan Close(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 5));
        double wait = dice.Between(0.005, 0.4);
        return Base(dice, Closed, "no-reply", $"The server reads request {exchanges.Length} and closes the connection (FIN) "
            + "without replying.") with
        {
            Parameters = new() { ["exchange"] = exchanges.Length, ["seconds_before_close"] = wait },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges.AsSpan(..^1));
                talk.Read(exchanges[^1].Request);
                talk.Outcome = Closed;
                Dialogue.Sleep(wait);
                talk.Close();
            },
            Client = client => Dialogue.AskAll(client.Connect(), exchanges),
            Checks = seen =>
            [
                new Check("the server's FIN came first", seen.ServerSent.FirstFin > 0
                    && (seen.ServerGot.FirstFin == 0 || seen.ServerSent.FirstFin < seen.ServerGot.FirstFin)),
                Evidence.Is("the client met it", seen.ClientOutcome, "closed-by-peer"),
            ],
        };
    }

    /// <summary>The server does nothing; the client closes after its timeout.</summary>
    public static Plan Wait(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(1, 5));
        double timeout = dice.Between(2, 6);
        return Base(dice, Silent, "slow-server", $"The server acknowledges request {exchanges.Length} but never replies; the client "
            + $"gives up after {timeout} s.") with
        {
            Parameters = new() { ["exchange"] = exchanges.Length, ["client_timeout_s"] = timeout },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, exchanges.AsSpan(..^1));
                talk.Read(exchanges[^1].Request);
                talk.Outcome = "never-replied";
                talk.ReadToEnd();
                talk.Close();
            },
            Client = client => AskWithin(client, timeout, exchanges),
            Checks = seen =>
            [
                Evidence.Is("the client gave up", seen.ClientOutcome, "application-timeout"),
                Evidence.Is("the server never replied", seen.ServerOutcome, "never-replied"),
            ],
        };
    }

    /// <summary>Asks, and closes when a reply takes longer than so many seconds.</summary>
    internal static void AskWithin(ClientProgram client, double seconds, Exchange[] exchanges)
    {
        using Talk talk = client.Connect();
        talk.Timeout = TimeSpan.FromSeconds(seconds);
        try
        {
            Dialogue.Ask(talk, exchanges);
        }
        catch (SocketException error)
        {
            talk.Outcome = Outcomes.Of(error);
            talk.Note(talk.Outcome);
        }

        talk.Close();
    }

    private static Plan Base(Dice dice, string label, string related, string description)
    {
        View view = View.Direct(label, "server").Near(related);
        return new Plan
        {
            Label = label,
            Party = "server",
            Description = description,
            Around = Surroundings.Draw(dice),
            FromClient = view,
            FromServer = view,
            Server = _ => { },
            Client = _ => { },
            Checks = _ => [],
        };
    }
}
