using System.Buffers;
using CsCheck;
using Trama.Framing;
using Trama.Peers.Messages;

namespace Trama.Peers.Tests.Messages;

public class MessageAssemblerTests
{
    private static readonly FramingRule[] Rules =
    [
        FramingRule.Lines, FramingRule.Delimiter([1, 1, 2]), FramingRule.Length(LengthField.U8),
        FramingRule.Length(LengthField.U16LE, 3), FramingRule.Length(LengthField.U32BE, -4),
    ];

    [Fact]
    public void Messages_come_back_whole_however_the_stream_is_cut() =>
        Gen.Select(Gen.Int[0, Rules.Length - 1].Select(index => Rules[index]), Gen.Byte.Array[3, 200].Array[1, 20], Gen.Int[1, 50])
            .Sample((rule, said, size) =>
        {
            // Without the ends that the framings know.
            byte[][] words = [.. said.Select(bytes => bytes.Select(each => (byte)(each | 4)).Append((byte)'.').ToArray())];
            var stream = new ArrayBufferWriter<byte>();
            foreach (byte[] each in words) Assert.True(rule.Envelope.TryWrite(stream, each, Direction.ToServer));
            Assert.Equal(words, Assemble(rule, stream.WrittenMemory, size));
        });

    [Fact]
    public void Refuses_a_message_above_the_limit_and_takes_one_at_the_limit()
    {
        var assembler = new MessageAssembler(FramingRule.Lines.Create().ToServer, 5);
        ReadOnlyMemory<byte> bytes = "1234\n12345\n"u8.ToArray();
        Assert.Equal(MessageStatus.Complete, assembler.Take(ref bytes, out ReadOnlyMemory<byte> message));
        Assert.Equal(5, message.Length);
        Assert.Equal(MessageStatus.TooLarge, assembler.Take(ref bytes, out _));
    }

    [Fact]
    public void A_prefix_that_promises_much_costs_nothing_before_it_comes()
    {
        var assembler = new MessageAssembler(FramingRule.Length(LengthField.U32BE).Create().ToServer, MessageAssembler.LargestLimit);
        ReadOnlyMemory<byte> bytes = new byte[] { 0x3f, 0xff, 0xff, 0xf0, 1, 2, 3 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(MessageStatus.NeedMore, assembler.Take(ref bytes, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        Assert.Equal(7, assembler.Length);
    }

    private static List<byte[]> Assemble(FramingRule rule, ReadOnlyMemory<byte> stream, int size)
    {
        var assembler = new MessageAssembler(rule.Create().ToServer, 1 << 20);
        List<byte[]> messages = [];
        for (int at = 0; at < stream.Length; at += size)
        {
            ReadOnlyMemory<byte> piece = stream[at..Math.Min(at + size, stream.Length)];
            while (assembler.Take(ref piece, out ReadOnlyMemory<byte> message) == MessageStatus.Complete)
                messages.Add(message.Span[rule.Envelope.Words(message.Span)].ToArray());
        }

        Assert.Equal(0, assembler.Length);
        return messages;
    }
}
