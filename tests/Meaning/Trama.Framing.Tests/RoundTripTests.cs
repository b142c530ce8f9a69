using System.Text;
using CsCheck;

namespace Trama.Framing.Tests;

/// <summary>Random messages, written one after another and cut at random, come back as they were.</summary>
public class RoundTripTests
{
    private static readonly Gen<byte[]> Body = Gen.Byte.Array[0, 60];

    private static readonly Gen<byte[]> Counted =
        Body.Select(body => Bytes($"POST /x HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n", body));

    private static readonly Gen<byte[]> Chunked = Gen.Byte.Array[1, 20].Array[0, 4].Select(chunks =>
    {
        var message = new List<byte>(Bytes("PUT /y HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"));
        foreach (byte[] chunk in chunks) message.AddRange(Bytes($"{chunk.Length:x}\r\n", chunk, "\r\n"u8.ToArray()));
        message.AddRange("0\r\n\r\n"u8);
        return message.ToArray();
    });

    private static readonly Gen<byte[]> Simple = Gen.OneOf(
        Gen.Int.Select(number => Bytes($":{number}\r\n")),
        Gen.String[Gen.Char['a', 'z'], 0, 12].Select(text => Bytes($"+{text}\r\n")),
        Gen.Const("$-1\r\n"u8.ToArray()),
        Body.Select(body => Bytes($"${body.Length}\r\n", body, "\r\n"u8.ToArray())));

    private static readonly Gen<byte[]> Nested = Values(Values(Simple));

    [Fact]
    public void Http_requests() => Check(FramingRule.Http1, Gen.OneOf(Counted, Chunked));

    [Fact]
    public void Redis_replies() => Check(FramingRule.Resp, Gen.OneOf(Simple, Nested), Direction.ToClient);

    [Fact]
    public void Lengths() => Check(FramingRule.Length(LengthField.U16LE, 3),
        Gen.Byte.Array[3, 300].Select(body => Bytes("", [(byte)(body.Length - 3), (byte)((body.Length - 3) >> 8)], body)));

    [Fact]
    public void Lines() => Check(FramingRule.Lines, Gen.Byte[11, 255].Array[0, 40].Select(line => Bytes("", line, "\n"u8.ToArray())));

    private static Gen<byte[]> Values(Gen<byte[]> element) =>
        element.Array[0, 4].Select(elements => Bytes($"*{elements.Length}\r\n", elements));

    private static void Check(FramingRule rule, Gen<byte[]> message, Direction direction = Direction.ToServer) =>
        Gen.Select(message.Array[1, 6], Gen.Int[1, 40].Array[1, 20]).Sample((messages, cuts) =>
        {
            StreamFraming half = rule.Create()[direction];
            ReadOnlySpan<byte> stream = messages.SelectMany(bytes => bytes).ToArray();
            var ends = new List<long>();
            for (int turn = 0; !stream.IsEmpty; turn++)
            {
                ReadOnlySpan<byte> piece = stream[..Math.Min(cuts[turn % cuts.Length], stream.Length)];
                stream = stream[piece.Length..];
                while (!piece.IsEmpty)
                {
                    FrameStep step = half.Take(piece);
                    if (step.Status == FrameStatus.Unfit) return false;
                    if (step.Status == FrameStatus.Complete) ends.Add(half.Position);
                    piece = piece[step.Taken..];
                }
            }

            long end = 0;
            return ends.SequenceEqual(messages.Select(bytes => end += bytes.Length));
        });

    private static byte[] Bytes(string start, params byte[][] rest) =>
        [.. Encoding.ASCII.GetBytes(start), .. rest.SelectMany(bytes => bytes)];
}
