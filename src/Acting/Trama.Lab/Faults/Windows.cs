using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>The receiver's window holds the sender up.</summary>
internal static class Windows
{
    /// <summary>The label of a receiver that stops reading.</summary>
    public const string Zero = "zero-window";

    /// <summary>The label of a receiver with a small buffer.</summary>
    public const string Limited = "window-limited";

    /// <summary>The server stops reading.</summary>
    public static Plan ServerStops(Dice dice) => Stops(dice, "server-stops-reading", Direction.ToServer);

    /// <summary>The client stops reading.</summary>
    public static Plan ClientStops(Dice dice) => Stops(dice, "client-stops-reading", Direction.ToClient);

    /// <summary>The server's buffer is small, the path long.</summary>
    public static Plan SmallAtServer(Dice dice) => Small(dice, Direction.ToServer);

    /// <summary>The client's buffer is small, the path long.</summary>
    public static Plan SmallAtClient(Dice dice) => Small(dice, Direction.ToClient);

    private static Plan Stops(Dice dice, string kind, Direction way)
    {
        int buffer = dice.Between(8_000, 24_000);
        int bytes = dice.Between(120_000, 220_000);
        int after = dice.Pick(0, dice.Between(10_000, 50_000));
        double pause = dice.Between(1.5, 4);
        string receiver = way == Direction.ToServer ? "server" : "client";
        return Base(dice, Zero, kind, way, bytes, buffer, Surroundings.Draw(dice, mostRtt: 40).MaybeLate(dice)) with
        {
            Description = $"The {receiver} stops reading for {pause} s: its window closes to zero and the sender has to probe it.",
            Parameters = new()
            {
                ["receiver"] = receiver,
                ["pause_s"] = pause,
                ["after_bytes"] = after,
                ["so_rcvbuf"] = buffer,
                ["bytes"] = bytes
            },
            Server = server =>
            {
                using Talk talk = server.Accept();
                if (way == Direction.ToServer) ReadWithPause(talk, bytes, after, pause);
                else talk.Read(44);
                talk.Write(way == Direction.ToServer ? 44 : bytes, 1);
                talk.ReadToEnd();
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Write(way == Direction.ToServer ? bytes : 44);
                if (way == Direction.ToClient) ReadWithPause(talk, bytes, after, pause);
                else talk.Read(44);
                talk.Close();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("zero windows from the receiver", seen.Wire.Sent[(int)way.Back()].ZeroWindows, 2),
                Evidence.Exactly("segments lost", seen.Count("drop"), 0),
            ],
        };
    }

    private static Plan Small(Dice dice, Direction way)
    {
        int buffer = dice.Between(4_000, 12_000);
        int bytes = dice.Between(80_000, 160_000);
        string receiver = way == Direction.ToServer ? "server" : "client";
        Exchange exchange = way == Direction.ToServer ? new Exchange(bytes, 44) : new Exchange(44, bytes);
        return Base(dice, Limited, $"{receiver}-buffer", way, bytes, buffer, Surroundings.Draw(dice, leastRtt: 60, mostRtt: 220)) with
        {
            Description = $"The receive buffer of the {receiver} is small ({buffer} bytes) for the round-trip time: the sender fills the "
                + "window and waits for the ACK.",
            Parameters = new() { ["receiver"] = receiver, ["so_rcvbuf"] = buffer, ["bytes"] = bytes },
            Server = server => Dialogue.ServeAll(server.Accept(), exchange),
            Client = client => Dialogue.AskAll(client.Connect(), exchange),
            Checks = seen =>
            [
                Evidence.AtLeast("round trips that the transfer took",
                    (long)((seen.Wire.Arrived[(int)way].LastData - seen.Wire.Arrived[(int)way].FirstData)
                    / (double)seen.Wire.Settings.RoundTrip), 6),
                Evidence.Exactly("segments lost", seen.Count("drop"), 0),
            ],
        };
    }

    private static void ReadWithPause(Talk talk, int bytes, int after, double pause)
    {
        if (after > 0) talk.Read(after);
        talk.Note("stops-reading");
        Dialogue.Sleep(pause);
        talk.Note("resumes-reading");
        talk.Read(bytes - after);
    }

    private static Plan Base(Dice dice, string label, string kind, Direction way, int bytes, int buffer, Surroundings around)
    {
        string party = way == Direction.ToServer ? "server" : "client";
        View view = View.Direct(label, party).Near(label == Zero ? [Limited] : [Zero, "slow-network"]);
        return new Plan
        {
            Label = label,
            Kind = kind,
            Party = party,
            Description = "",
            Around = around,
            FromClient = view,
            FromServer = view,
            // A probe of the closed window may repeat bytes.
            Repeats = true,
            EndsWell = true,
            ServerBuffer = way == Direction.ToServer ? buffer : null,
            ClientBuffer = way == Direction.ToClient ? buffer : null,
            Server = _ => { },
            Client = _ => { },
            Checks = _ => [],
        };
    }
}
