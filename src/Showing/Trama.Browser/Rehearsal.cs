using System.Buffers;
using System.Text;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Reports;
using Trama.Reports.Browsing.Answers;

namespace Trama.Browser;

/// <summary>
/// A capture that nobody made, read and judged as a dropped one is: the runtime interprets, and translates what has run often, so what is
/// dropped afterwards is read with what was translated meanwhile.
/// </summary>
internal sealed class Rehearsal
{
    private const int Connections = 16;
    private const int Exchanges = 4000;
    private const long PauseNs = 100_000;

    // What the page asks first.
    private static readonly string[] s_questions = ["capture", "services", "timeline", "connections", "exchanges"];

    private readonly LocalCapture _capture;

    /// <summary>Makes the capture.</summary>
    public Rehearsal()
    {
        byte[] capture = Make();
        _capture = new LocalCapture(new LocalFiles([new LocalFile("", () => new MemoryStream(capture))], Language.English));
    }

    /// <summary>Goes on for a while.</summary>
    /// <param name="most">How long.</param>
    /// <returns>Whether there is more.</returns>
    public bool GoOn(TimeSpan most)
    {
        if (_capture.Read(most)) return true;
        var answers = new BrowsingAnswers(_capture.Source);
        foreach (string question in s_questions)
            answers.Answer(new Question(question, new Dictionary<string, string>()), new ArrayBufferWriter<byte>(4096));
        return false;
    }

    private static byte[] Make()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream, LinkType.Raw))
        {
            var capture = new SyntheticCapture((in Record record) => writer.Write(record));
            SyntheticConversation[] conversations =
                [.. Enumerable.Range(0, Connections).Select(i => capture.Begin(End(2, 40_000 + i), End(1, 80)))];
            long ns = 0;
            foreach (SyntheticConversation one in conversations)
            {
                one.Ask(After(ref ns));
                Timestamp at = After(ref ns);
                one.Accept(at, After(ref ns));
            }

            for (int i = 0; i < Exchanges; i++)
            {
                SyntheticConversation one = conversations[i % Connections];
                one.Say(byClient: true, Request(i), After(ref ns));
                one.Say(byClient: false, Reply(i), After(ref ns));
            }

            foreach (SyntheticConversation one in conversations)
            {
                one.Finish(byClient: true, After(ref ns));
                one.Finish(byClient: false, After(ref ns));
            }
        }

        return stream.ToArray();
    }

    private static Endpoint End(byte host, int port) => new(IpAddress.FromBytes([192, 0, 2, host]), (ushort)port);

    private static Timestamp After(ref long ns) => new(ns += PauseNs);

    private static byte[] Request(int number) =>
        Encoding.ASCII.GetBytes($"GET /items/{number % 100} HTTP/1.1\r\nHost: example\r\nAccept: */*\r\n\r\n");

    private static byte[] Reply(int number)
    {
        string body = $"{{\"item\":{number}}}", status = number % 50 == 0 ? "404 Not Found" : "200 OK";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
