using System.Text;
using CsCheck;

namespace Trama.Framing.Tests;

public class SimpleFramingTests
{
    [Theory]
    [InlineData("lines", "one\r\ntwo\n\nrest", "one\\r\\n|two\\n|\\n|rest[cut]")]
    [InlineData("delimiter:7c7c", "a||b|c||||d|", "a|||b|c||||||d|[cut]")]
    [InlineData("length:u8", "\u0001a\0\u0003xyz\u0002p", "\\x01a|\\x00|\\x03xyz|\\x02p[cut]")]
    [InlineData("length:u8+2", "\u0001abc\0xy", "\\x01abc|\\x00xy")]
    [InlineData("length:u8-1", "\u0003ab\u0001", "\\x03ab|\\x01")]
    [InlineData("length:u16be", "\0\u0002ab\0\0", "\\x00\\x02ab|\\x00\\x00")]
    [InlineData("length:u16le", "\u0002\0ab", "\\x02\\x00ab")]
    [InlineData("length:u32be", "\0\0\0\u0001a", "\\x00\\x00\\x00\\x01a")]
    [InlineData("length:u32le+1", "\u0001\0\0\0ab\0\0\0\0c", "\\x01\\x00\\x00\\x00ab|\\x00\\x00\\x00\\x00c")]
    [InlineData("turns", "all of\nit", "all of\\nit")]
    public void Messages_are_the_same_however_the_bytes_are_cut(string name, string text, string expected)
    {
        Assert.True(FramingRuleParser.TryParse(name, out FramingRule? rule, out _));
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        for (int piece = 1; piece <= bytes.Length; piece++)
        {
            List<string> log = RecordedMessages.Of(rule, piece, (Direction.ToServer, bytes));
            string messages = string.Join('|', log.Select(line => line[3..].Replace("\"", "", StringComparison.Ordinal)
                .Replace(" [cut]", "[cut]", StringComparison.Ordinal)));
            Assert.Equal(expected, messages);
        }
    }

    [Fact]
    public void Raw_takes_each_piece_as_a_message() =>
        Assert.Equal(["> \"ab\"", "> \"cd\"", "> \"e\""],
            RecordedMessages.Of(FramingRule.Raw, 2, (Direction.ToServer, "abcde"u8.ToArray())));

    [Fact]
    public void Turns_end_when_the_other_side_speaks()
    {
        List<string> log = RecordedMessages.Of(FramingRule.Turns, 2,
            (Direction.ToServer, "Olá"u8.ToArray()), (Direction.ToClient, "sim"u8.ToArray()), (Direction.ToServer, "tchau"u8.ToArray()));
        Assert.Equal(["> \"Olá\"", "< \"sim\"", "> \"tchau\""], log);
    }

    [Fact]
    public void A_negative_length_names_its_offset_and_the_connection_goes_on_by_turns()
    {
        FramingRule rule = FramingRule.Length(LengthField.U16BE, -2);
        for (int piece = 1; piece <= 7; piece++)
        {
            List<string> log = RecordedMessages.Of(rule, piece, (Direction.ToServer, [0, 3, (byte)'a', 0, 1, (byte)'b', (byte)'c']),
                (Direction.ToClient, "ok"u8.ToArray()));
            Assert.Equal(["> \"\\x00\\x03a\"", "> length:u16be-2: NegativeLength at 3", "> \"\\x00\\x01bc\"", "< \"ok\""], log);
        }
    }

    [Fact]
    public void Missing_bytes_fit_inside_a_counted_body_only()
    {
        var sink = new RecordedMessages();
        var conversation = new Conversation(FramingRule.Length(LengthField.U8), sink);
        conversation.Take(Direction.ToServer, [5, (byte)'a']);
        conversation.Skip(Direction.ToServer, 6);
        conversation.Take(Direction.ToServer, "b"u8);
        conversation.End(Direction.ToServer);
        Assert.Equal(["> \"\\x05a[4 missing]\"", "> length:u8: MissingBytes at 6", "> \"[2 missing]b\""], sink.Log);
    }

    [Fact]
    public void A_delimiter_is_found_where_a_plain_search_finds_it() =>
        Gen.Select(Gen.Byte[0, 2].Array[1, 5], Gen.Byte[0, 2].Array[0, 60], Gen.Int[1, 9]).Sample((delimiter, text, piece) =>
        {
            var expected = new List<int>();
            for (int from = 0, at; (at = text.AsSpan(from).IndexOf(delimiter)) >= 0; from = expected[^1]) expected.Add(
                from + at + delimiter.Length);

            StreamFraming half = FramingRule.Delimiter(delimiter).Create().ToServer;
            var found = new List<int>();
            foreach (byte[] chunk in text.Chunk(piece))
            {
                ReadOnlySpan<byte> left = chunk;
                while (!left.IsEmpty)
                {
                    FrameStep step = half.Take(left);
                    left = left[step.Taken..];
                    if (step.Status == FrameStatus.Complete) found.Add((int)half.Position);
                }
            }

            return found.SequenceEqual(expected);
        });
}
