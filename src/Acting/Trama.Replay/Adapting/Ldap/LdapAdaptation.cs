using System.Buffers;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Ldap;

/// <summary>LDAP: the number of a request in its replies, of which a search has many, in as many bytes as it takes (RFC 4511 section
/// 4.1.1).</summary>
internal sealed class LdapAdaptation : Adaptation
{
    private const byte Sequence = 0x30, Integer = 2, LongLength = 0x80, FourBytes = 0x84;

    /// <inheritdoc/>
    public override bool IsKeyed => true;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        var content = new ArrayBufferWriter<byte>(message.Length + 1);
        ReadOnlySpan<byte> rest = message.Span;
        for (; TryRead(rest, out _, out int said, out int end); rest = rest[end..]) content.Write(rest[said..end]);
        content.Write(rest);
        return content.WrittenMemory;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying is not { Asked: { } asked, AskedThen: { } then }) return saying.Bytes;
        if (!TryRead(asked.Bytes.Span, out ReadOnlySpan<byte> live, out _, out _)
            || !TryRead(then.Bytes.Span, out ReadOnlySpan<byte> recorded, out _, out _))
            return saying.Bytes;
        var output = new ArrayBufferWriter<byte>(saying.Bytes.Length + 1);
        ReadOnlySpan<byte> rest = saying.Bytes.Span;
        for (; TryRead(rest, out ReadOnlySpan<byte> number, out int said, out int end); rest = rest[end..])
        {
            if (number.SequenceEqual(recorded)) WriteNumbered(output, live, rest[said..end]);
            else output.Write(rest[..end]);
        }

        output.Write(rest);
        return output.WrittenMemory;
    }

    private static void WriteNumbered(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> number, ReadOnlySpan<byte> said)
    {
        int length = 2 + number.Length + said.Length;
        // A length may take more bytes than it needs (X.690 section 8.1.3.5).
        output.Write([Sequence, FourBytes, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]);
        output.Write([Integer, (byte)number.Length]);
        output.Write(number);
        output.Write(said);
    }

    // The number of the first message, where what it says begins, and where it ends.
    private static bool TryRead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> number, out int said, out int end)
    {
        number = default;
        said = end = 0;
        if (message.Length < 2 || message[0] != Sequence) return false;
        int more = message[1] >= LongLength ? message[1] - LongLength : 0, at = 2 + more;
        if (more > 4 || message.Length < at + 2) return false;
        long length = more == 0 ? message[1] : 0;
        foreach (byte next in message.Slice(2, more)) length = length << 8 | next;
        if (length > message.Length - at || message[at] != Integer || message[at + 1] is 0 or > 4) return false;
        end = at + (int)length;
        said = at + 2 + message[at + 1];
        if (said > end) return false;
        number = message[(at + 2)..said];
        return true;
    }
}
