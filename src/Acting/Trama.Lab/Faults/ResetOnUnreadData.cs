using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>
/// The server replies and closes while bytes of the request are unread: its kernel sends RST, not FIN (RFC 9293 section 3.10.4, RFC 1122
/// section 4.2.2.13).
/// </summary>
internal static class ResetOnUnreadData
{
    /// <summary>The label.</summary>
    public const string Label = "reset-on-unread-data";

    /// <summary>An early reply to a large upload.</summary>
    public static Plan Upload(Dice dice) => Base(dice, "upload", dice.Between(80_000, 300_000), dice.Between(1000, 8000),
        dice.Between(40, 500));

    /// <summary>A few bytes of the request are left unread; the end of a long reply is lost.</summary>
    public static Plan Trailing(Dice dice)
    {
        int request = dice.Between(300, 1200);
        return Base(dice, "trailing", request, request - dice.Between(10, 200), dice.Between(30_000, 90_000));
    }

    private static Plan Base(Dice dice, string kind, int request, int read, int reply)
    {
        Exchange[] before = Dialogue.Small(dice, dice.Pick(0, 0, 1, 2));
        bool upload = kind == "upload";
        View view = View.Direct(Label, "server").Near("reset-by-server");
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "server",
            Description = upload
                ? "The server reads only the start of a large upload, writes an early reply and closes with unread bytes in its buffer: "
                    + "its kernel sends RST."
                : "The server leaves the last bytes of the request unread, writes a long reply and closes: its kernel sends RST at once.",
            Around = Surroundings.Draw(dice, leastRtt: upload ? 2 : 0.3, mostRtt: 120),
            FromClient = view,
            FromServer = view,
            Parameters = new()
            {
                ["request_bytes"] = request,
                ["bytes_read_by_server"] = read,
                ["reply_bytes"] = reply,
                ["good_exchanges_before"] = before.Length
            },
            Server = server =>
            {
                using Talk talk = server.Accept();
                Dialogue.Serve(talk, before);
                talk.Read(read);
                talk.Outcome = "closed-with-unread-data";
                talk.Write(reply, before.Length + 1);
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                Dialogue.Ask(talk, before);
                talk.Write(request);
                talk.Read(reply);
                talk.ReadToEnd();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("RST from the server", seen.ServerSent.Resets, 1),
                Evidence.Exactly("no FIN from the server", seen.ServerSent.Fins, 0),
                Evidence.AtLeast("bytes of the reply that the server sent", seen.ServerSent.Bytes, 1),
                Evidence.Is("the client met it", seen.ClientOutcome, "ECONNRESET", "EPIPE"),
            ],
        };
    }
}
