using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Tds;

/// <summary>Tells from the tokens of a reply how it ended: the first error among those at its beginning, and its last DONE.</summary>
internal sealed class TdsTokens
{
    private const int DoneSize = 13;
    private const byte Error = 0xaa;

    // ENVCHANGE, INFO, LOGINACK and ERROR have a length of two bytes.
    private static ReadOnlySpan<byte> Sized => [0xe3, 0xab, 0xad, Error];

    private readonly byte[] _tail = new byte[DoneSize];

    /// <summary>Whether it is an error; absent when unknown.</summary>
    public bool? Failed { get; private set; }

    /// <summary>A reply begins.</summary>
    public void Clear()
    {
        Failed = null;
        Array.Clear(_tail);
    }

    /// <summary>Remembers the last bytes.</summary>
    public void Tail(ReadOnlySpan<byte> bytes)
    {
        int kept = Math.Max(0, DoneSize - bytes.Length);
        _tail.AsSpan(DoneSize - kept).CopyTo(_tail);
        bytes[^Math.Min(DoneSize, bytes.Length)..].CopyTo(_tail.AsSpan(kept));
    }

    /// <summary>Writes how it ended.</summary>
    /// <param name="body">The beginning of the reply.</param>
    /// <param name="isPrelogin">Whether it belongs to the handshake.</param>
    /// <param name="text">Gets the words.</param>
    public void Write(ReadOnlySpan<byte> body, bool isPrelogin, ref ShortText text)
    {
        // The answer to PRELOGIN begins with its options; TLS with a record.
        if (isPrelogin || body is [0 or 0x16, ..])
        {
            Failed = false;
            text.Add(body is [0x16, ..] ? "TLS handshake"u8 : "PRELOGIN"u8);
            return;
        }

        const int More = 1, Failure = 2, Counted = 0x10;
        bool isDone = _tail[0] is 0xfd or 0xfe or 0xff;
        int flags = isDone ? BinaryPrimitives.ReadUInt16LittleEndian(_tail.AsSpan(1)) : 0;
        if (WriteError(body, ref text) || (flags & Failure) != 0)
        {
            Failed = true;
            if (text.IsEmpty) text.Add("failed"u8);
            return;
        }

        if (!isDone || (flags & More) != 0) return;
        Failed = false;
        text.Add("DONE"u8);
        if ((flags & Counted) == 0) return;
        long count = BinaryPrimitives.ReadInt64LittleEndian(_tail.AsSpan(5));
        text.Add(", "u8);
        text.Add(count);
        text.Add(count == 1 ? " row"u8 : " rows"u8);
    }

    // ERROR: a number, state and class of a byte each, a text with its length in characters (section 2.2.7.10).
    private static bool WriteError(ReadOnlySpan<byte> tokens, ref ShortText text)
    {
        while (tokens.Length >= 3 && Sized.Contains(tokens[0]))
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(tokens[1..]);
            ReadOnlySpan<byte> value = tokens[3..][..Math.Min(length, tokens.Length - 3)];
            if (tokens[0] == Error && value.Length >= 8)
            {
                text.Add(BinaryPrimitives.ReadInt32LittleEndian(value));
                text.Add(" "u8);
                int size = Math.Min(2 * BinaryPrimitives.ReadUInt16LittleEndian(value[6..]), (value.Length - 8) & ~1);
                text.Add(Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(value.Slice(8, size))));
                return true;
            }

            tokens = tokens[(3 + value.Length)..];
        }

        return false;
    }
}
