using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tests.Tls;

/// <summary>Segments that the capture lost: what they carried is missing, and nothing else.</summary>
public class LostSegmentTests
{
    [Theory]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_2 -cipher AES128-SHA256")]
    public async Task Any_segment_may_be_missing(string options)
    {
        string[] words = options.Split(' ');
        string[] lines = [.. Enumerable.Range(1, 12).Select(i => $"line {i} {new string('x', i * 3)}")];
        using var conversation = new OpensslConversation(words);
        await conversation.TalkAsync(lines, words);
        int expected = 0, found = 0;
        for (int lost = 0; lost < conversation.Said.Count; lost++)
        {
            (string[] asked, string[] answered) = Read(conversation, lost, lost);
            Assert.All(asked, line => Assert.Contains(line, lines));
            Assert.All(answered, line => Assert.Contains(new string([.. line.Reverse()]), lines));
            // Up to TLS 1.2, no key can be made without the server's hello.
            if (lost == 1 && words[0] == "-tls1_2") continue;
            expected += (2 * lines.Length) - 1;
            found += Math.Min(asked.Length + answered.Length, (2 * lines.Length) - 1);
        }

        Assert.True(found >= 0.95 * expected, $"{found} of {expected} lines");
    }

    [Fact]
    public async Task The_beginning_may_be_missing()
    {
        string[] lines = [.. Enumerable.Range(1, 12).Select(i => $"line {i}")];
        using var conversation = new OpensslConversation("-tls1_3");
        await conversation.TalkAsync(lines, "-tls1_3");
        for (int first = 1; first < conversation.Said.Count; first++)
        {
            (string[] asked, string[] answered) = Read(conversation, 0, first - 1);
            int toAsk = Left(Direction.ToServer, first), toAnswer = Left(Direction.ToClient, first);
            Assert.True(
                asked.Length >= toAsk && answered.Length >= toAnswer,
                $"{asked.Length} of {toAsk} and {answered.Length} of {toAnswer} without the first {first}");
        }

        // How many lines a side still says. Its last segment is a goodbye; the handshake before the lines takes as many as TCP makes of it.
        int Left(Direction from, int first) => Math.Min(lines.Length, conversation.Said.Skip(first).Count(piece => piece.From == from) - 1);
    }

    // The lines of both sides without the pieces from one to another.
    private static (string[] Asked, string[] Answered) Read(OpensslConversation conversation, int first, int last)
    {
        var keys = new TlsKeys();
        var reader = new KeyLogReader(keys);
        reader.Take(conversation.KeyLog);
        reader.Complete();
        var sink = new CarriedText();
        var talk = new Conversation(FramingRule.Auto, sink, new FramingContext { Keys = keys, BeginsMidway = first == 0 });
        foreach ((int i, (Direction from, byte[] bytes)) in conversation.Said.Index())
        {
            if (i < first || i > last) talk.Take(from, bytes);
            else if (first > 0) talk.Skip(from, bytes.Length);
        }

        return (Lines(Direction.ToServer), Lines(Direction.ToClient));

        string[] Lines(Direction direction) => sink.Text(direction).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
