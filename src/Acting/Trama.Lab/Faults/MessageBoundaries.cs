using System.Net.Sockets;
using System.Text;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>The server takes what one <c>recv(n)</c> returns for one message.</summary>
internal static class MessageBoundaries
{
    /// <summary>The label of a message that arrived in parts, each taken for a message.</summary>
    public const string Split = "message-split";

    /// <summary>The label of messages that arrived together, taken for one.</summary>
    public const string Coalesced = "messages-coalesced";

    private const int ReceiveSize = 1024;

    // How long a client looks for replies that nobody asked for.
    private const double Drain = 0.4;

    /// <summary>A request is longer than n.</summary>
    public static Plan Large(Dice dice)
    {
        int[] requests = [.. Enumerable.Range(0, dice.Between(2, 4)).Select(_ => dice.Between(40, 300))];
        int longOne = dice.Between(0, requests.Length - 1);
        requests[longOne] = dice.Between(1700, 4500);
        return SplitBase(dice, "large", requests, talk =>
        {
            foreach (int length in requests)
            {
                talk.Write(length);
                ReadReply(talk);
                Dialogue.Sleep(0.05);
            }
        });
    }

    /// <summary>A request is written in two parts, some time apart.</summary>
    public static Plan Gap(Dice dice)
    {
        int[] requests = [dice.Between(60, 400), dice.Between(300, 900), dice.Between(60, 400)];
        int first = dice.Between(60, 250);
        double gap = dice.Between(0.06, 0.3);
        return SplitBase(dice, "gap", requests, talk =>
        {
            for (int i = 0; i < requests.Length; i++)
            {
                if (i == 1) talk.WriteParts(talk.Make(requests[i]), [first, requests[i] - first], TimeSpan.FromSeconds(gap));
                else talk.Write(requests[i]);
                ReadReply(talk);
                Dialogue.Sleep(0.05);
            }
        }) with
        {
            Parameters = new() { ["recv_size"] = ReceiveSize, ["first_write_bytes"] = first, ["gap_s"] = gap },
        };
    }

    /// <summary>Messages written one after the other are joined by Nagle's algorithm.</summary>
    public static Plan Nagle(Dice dice) => CoalescedBase(dice, "nagle", Surroundings.Draw(dice, leastRtt: 5, mostRtt: 150));

    /// <summary>Messages are written together.</summary>
    public static Plan Joined(Dice dice) => CoalescedBase(dice, "joined", Surroundings.Draw(dice, mostRtt: 150));

    private static Plan SplitBase(Dice dice, string kind, int[] requests, Action<Talk> ask)
    {
        string style = dice.Pick("count", "json");
        return Base(Split, kind, Surroundings.Draw(dice, mostRtt: 120), [],
            $"The server takes one recv({ReceiveSize}) for one message: a longer request is answered when only its first "
                + "part has been read.") with
        {
            Parameters = new() { ["recv_size"] = ReceiveSize, ["reply_style"] = style },
            Server = server => ReplyToEachRead(server, style),
            Client = client =>
            {
                using Talk talk = client.Connect();
                ask(talk);
                DrainReplies(talk);
                talk.Close();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("replies beyond the requests", seen.First!.ToClient.Messages.Count - requests.Length, 1),
                Evidence.Is("the client ended well", seen.ClientOutcome, "ok"),
                Evidence.Exactly("no RST", seen.ClientSent.Resets + seen.ServerSent.Resets, 0),
            ],
        };
    }

    private static Plan CoalescedBase(Dice dice, string kind, Surroundings around)
    {
        bool joined = kind == "joined";
        int alone = dice.Between(1, 3);
        // Nagle's algorithm lets the first of the group go at once.
        int group = dice.Between(joined ? 2 : 3, 4);
        int[] lengths = [.. Enumerable.Range(0, alone + group).Select(_ => dice.Between(30, 200))];
        double timeout = dice.Between(1.5, 4);
        return Base(Coalesced, kind, around, ["no-reply"],
            "The client sends messages back to back, two or more of them end up in one segment, and the server takes each "
                + $"recv({ReceiveSize}) for one message: the later ones are never answered.") with
        {
            Parameters = new()
            {
                ["messages"] = lengths.Length,
                ["sent_alone"] = alone,
                ["sent_together"] = group,
                ["how"] = kind,
                ["client_timeout_s"] = timeout
            },
            Server = server => ReplyToEachRead(server, "count"),
            Client = client =>
            {
                using Talk talk = client.Connect();
                talk.Timeout = TimeSpan.FromSeconds(timeout);
                foreach (int length in lengths.AsSpan(..alone))
                {
                    talk.Write(length);
                    ReadReply(talk);
                }

                byte[][] together = [.. lengths.Skip(alone).Select(talk.Make)];
                if (joined) talk.WriteTogether(together);
                else Array.ForEach(together, message => talk.Write(message));
                try
                {
                    for (int i = 0; i < group; i++) ReadReply(talk);
                }
                catch (SocketException error)
                {
                    talk.Outcome = Outcomes.Of(error);
                }

                talk.Close();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("messages never answered", lengths.Length - seen.First!.ToClient.Messages.Count, 1),
                Evidence.Is("the client gave up", seen.ClientOutcome, "application-timeout"),
            ],
        };
    }

    private static Plan Base(string label, string kind, Surroundings around, string[] related, string description) => new()
    {
        Label = label,
        Kind = kind,
        Party = "server",
        Description = description,
        // Only the text shows what was taken for a message.
        Around = around with { Format = Format.Lines, Capture = around.Capture with { SnapLength = CaptureSettings.Whole } },
        FromClient = View.Direct(label, "server").Near(related),
        FromServer = View.Direct(label, "server").Near(related),
        Server = _ => { },
        Client = _ => { },
        Checks = _ => [],
    };

    private static void ReplyToEachRead(ServerProgram server, string style)
    {
        using Talk talk = server.Accept();
        while (talk.ReadSome(ReceiveSize) is > 0 and int read)
        {
            Dialogue.Sleep(0.001);
            int requests = talk.Log.ToServer.Messages.Count;
            bool whole = talk.Log.ToServer.Messages.Any(message => message.Offset + message.Length == talk.Log.ToServer.BytesRead);
            string reply = style == "count" ? $"received {read} bytes\n"
                : whole ? $"{{\"ok\":true,\"bytes\":{read}}}\n" : $"{{\"ok\":false,\"error\":\"not a whole document\",\"bytes\":{read}}}\n";
            bool first = talk.Log.ToClient.Messages.All(message => message.Answers != requests);
            talk.Write(Encoding.ASCII.GetBytes(reply), first ? requests : null);
        }

        talk.Close();
    }

    private static void ReadReply(Talk talk) => talk.ReadSome(4096);

    private static void DrainReplies(Talk talk)
    {
        talk.Timeout = TimeSpan.FromSeconds(Drain);
        try
        {
            while (talk.ReadSome(4096) > 0)
            {
            }
        }
        catch (SocketException error) when (Outcomes.Of(error) == "application-timeout")
        {
            // Nothing more comes.
        }
    }
}
