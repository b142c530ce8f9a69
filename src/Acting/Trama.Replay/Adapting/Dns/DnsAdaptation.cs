using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Trama.Framing.Dns;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Dns;

/// <summary>DNS over TCP: in each message of a reply the number, the question as the client writes it (its case may be what it knows the
/// reply by), and its cookie (RFC 7873 section 5).</summary>
internal sealed class DnsAdaptation : Adaptation
{
    private const int LengthSize = DnsStream.LengthSize, NumberSize = 2, OptionHead = 4;

    /// <inheritdoc/>
    public override bool IsKeyed => true;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Operation(ReadOnlyMemory<byte> operation)
    {
        byte[] lower = operation.ToArray();
        Lower(lower);
        return lower;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from) => Each(message.Span, (said, isWhole) =>
    {
        said.AsSpan(0, NumberSize).Clear();
        if (!isWhole) return said;
        Lower(said.AsSpan(DnsParts.Question(said)));
        return WithoutCookie(said);
    });

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying is not { Occasion.Self: Side.Server, Asked: { } asked, AskedThen: { } then }) return saying.Bytes;
        if (asked.Bytes.Length < LengthSize + NumberSize || then.Bytes.Length < LengthSize + NumberSize) return saying.Bytes;
        byte[] question = asked.Bytes[LengthSize..].ToArray(), known = then.Bytes.Slice(LengthSize, NumberSize).ToArray();
        return Each(saying.Bytes.Span, (said, isWhole) =>
        {
            if (!said.AsSpan(0, NumberSize).SequenceEqual(known)) return said;
            question.AsSpan(0, NumberSize).CopyTo(said);
            return isWhole ? Answering(question, said) : said;
        });
    }

    private static byte[] Answering(byte[] asked, byte[] said)
    {
        Span<byte> then = said.AsSpan(DnsParts.Question(said)), now = asked.AsSpan(DnsParts.Question(asked));
        if (Ascii.EqualsIgnoreCase(then, now)) now.CopyTo(then);
        Range known = DnsParts.CookieOption(asked, out _), told = DnsParts.CookieOption(said, out _);
        if (told.Equals(default)) return said;
        // Who gave none gets none.
        if (known.Equals(default)) return WithoutCookie(said);
        asked.AsSpan(known).Slice(OptionHead, DnsParts.ClientCookie).CopyTo(said.AsSpan(told)[OptionHead..]);
        return said;
    }

    private static byte[] WithoutCookie(byte[] said)
    {
        Range option = DnsParts.CookieOption(said, out int sizeAt);
        if (option.Equals(default)) return said;
        byte[] without = [.. said[..option.Start], .. said[option.End..]];
        Span<byte> size = without.AsSpan(sizeAt, sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(size) - said.AsSpan(option).Length));
        return without;
    }

    // A zone that is transferred is several messages, each behind its length; the last one may be cut.
    private static byte[] Each(ReadOnlySpan<byte> messages, Func<byte[], bool, byte[]> change)
    {
        var changed = new ArrayBufferWriter<byte>(messages.Length + 1);
        while (messages.Length >= LengthSize + NumberSize)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(messages), taken = Math.Min(length, messages.Length - LengthSize);
            if (taken < NumberSize) break;
            bool isWhole = taken == length && taken >= DnsMessage.HeaderSize;
            byte[] message = change(messages.Slice(LengthSize, taken).ToArray(), isWhole);
            BinaryPrimitives.WriteUInt16BigEndian(changed.GetSpan(LengthSize), (ushort)(isWhole ? message.Length : length));
            changed.Advance(LengthSize);
            changed.Write(message);
            messages = messages[(LengthSize + taken)..];
        }

        changed.Write(messages);
        return changed.WrittenSpan.ToArray();
    }

    // Lengths of labels are no letters: they are less than 64.
    private static void Lower(Span<byte> name)
    {
        foreach (ref byte letter in name)
            if (letter is >= (byte)'A' and <= (byte)'Z') letter |= 0x20;
    }
}
