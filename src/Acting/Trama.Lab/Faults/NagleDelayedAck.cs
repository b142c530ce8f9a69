using Trama.Lab.Experiments;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>
/// Each message is two small writes; the second waits for the ACK of the first, which the peer delays (RFC 896, RFC 1122 section 4.2.3.2).
/// </summary>
internal static class NagleDelayedAck
{
    /// <summary>The label.</summary>
    public const string Label = "nagle-delayed-ack";

    /// <summary>The client writes twice.</summary>
    public static Plan Client(Dice dice) => Base(dice, "client");

    /// <summary>The server writes twice.</summary>
    public static Plan Server(Dice dice) => Base(dice, "server");

    private static Plan Base(Dice dice, string writer)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(10, 25));
        int first = dice.Between(2, 16);
        View view = View.Direct(Label, writer);
        return new Plan
        {
            Label = Label,
            Kind = $"{writer}-writes-twice",
            Party = writer,
            Description = $"The {writer} sends each message as two small writes with Nagle's algorithm on; the second waits for the "
                + "peer's delayed ACK (about 40 ms per exchange).",
            Around = Surroundings.Draw(dice, mostRtt: 15).MaybeLate(dice),
            FromClient = view,
            FromServer = view,
            EndsWell = true,
            Parameters = new() { ["writer"] = writer, ["exchanges"] = exchanges.Length, ["first_write_bytes"] = first },
            Server = server =>
            {
                using Talk talk = server.Accept();
                for (int i = 0; i < exchanges.Length; i++)
                {
                    if (!talk.Read(exchanges[i].Request)) break;
                    if (writer == "server") Twice(talk, exchanges[i].Reply, first, i + 1);
                    else talk.Write(exchanges[i].Reply, i + 1);
                }

                talk.ReadToEnd();
                talk.Close();
            },
            Client = client =>
            {
                using Talk talk = client.Connect();
                foreach (Exchange exchange in exchanges)
                {
                    if (writer == "client") Twice(talk, exchange.Request, first, null);
                    else talk.Write(exchange.Request);
                    talk.Read(exchange.Reply);
                }

                talk.Close();
            },
            Checks = seen =>
            [
                Evidence.AtLeast("exchanges that took 38 ms and more", Slow(seen, writer), exchanges.Length / 3),
            ],
        };
    }

    private static void Twice(Talk talk, int length, int first, int? answers) =>
        talk.WriteParts(talk.Make(length), [first, length - first], TimeSpan.Zero, answers);

    private static int Slow(Evidence seen, string writer)
    {
        StreamLog stream = writer == "client" ? seen.First!.ToServer : seen.First!.ToClient;
        return stream.Messages.Count(message => stream.ReadOf(message) is { First: { } first, Last: { } last }
            && last - first > 38_000_000 - (long)(seen.Wire.Settings.RoundTrip / 2.0));
    }
}
