using System.Net.Sockets;
using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Nothing listens on the port.</summary>
internal static class ConnectionRefused
{
    /// <summary>The label.</summary>
    public const string Label = "connection-refused";

    /// <summary>Draws an experiment.</summary>
    public static Plan Draw(Dice dice) => Base(dice, null, dice.Between(1, 5), dice.Between(0.05, 0.8));

    /// <summary>A client that tries again and again without a pause.</summary>
    public static Plan Storm(Dice dice) => Base(dice, "storm", dice.Between(12, 40), dice.Between(0.01, 0.2));

    private static Plan Base(Dice dice, string? kind, int attempts, double between)
    {
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "server",
            Description = "Nothing listens on the server port: every SYN is answered with RST.",
            Around = Surroundings.Draw(dice, mostRtt: 200),
            FromClient = View.Direct(Label, "server"),
            FromServer = View.Direct(Label, "server"),
            Parameters = new() { ["attempts"] = attempts, ["seconds_between"] = between },
            Server = server => server.Ready(),
            Client = client => Attempts.Make(client, attempts, between),
            Checks = seen =>
            [
                Evidence.Exactly("a RST for each SYN", seen.ServerSent.Resets, attempts),
                Evidence.Is("the client met it", seen.ClientOutcome, "ECONNREFUSED"),
            ],
        };
    }
}

/// <summary>Attempts to connect that fail.</summary>
internal static class Attempts
{
    /// <summary>Makes them, one after the other.</summary>
    public static void Make(ClientProgram client, int attempts, double secondsBetween, TimeSpan? timeout = null,
        Action<Socket>? options = null)
    {
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            if (attempt > 0) Dialogue.Sleep(secondsBetween);
            try
            {
                client.Connect(timeout, options: options).Dispose();
            }
            catch (SocketException)
            {
                // The journal has it.
            }
        }
    }
}
