using System.Buffers.Binary;
using System.Globalization;
using Trama.Packets.Transport;

namespace Trama.Captures.Text;

/// <summary>Makes the bytes of TCP options of what tcpdump says of them; those that it only names are left out.</summary>
internal static class OptionsText
{
    /// <summary>The most bytes that options have.</summary>
    public const int MaxLength = 40;

    private const byte NoOperation = 1, SegmentSize = 2, WindowScale = 3, SackPermitted = 4, Sack = 5, Timestamps = 8;
    private const int SackBlockLength = 8;

    /// <summary>Writes options.</summary>
    /// <param name="text">What stands between the brackets.</param>
    /// <param name="absolute">Makes a sequence number of the other side absolute, as selective acknowledgements name them.</param>
    /// <param name="bytes">Where the options go; has room for <see cref="MaxLength"/>.</param>
    /// <returns>How many bytes they are: a multiple of four.</returns>
    public static int Write(ReadOnlySpan<char> text, Func<uint, SequenceNumber> absolute, Span<byte> bytes)
    {
        int length = 0;
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> option = text[range].Trim();
            Span<byte> room = bytes[length..];
            if (option.StartsWith("mss ", StringComparison.Ordinal) && room.Length >= 4 && SegmentLine.Number(option, "mss ") is { } size)
            {
                (room[0], room[1]) = (SegmentSize, 4);
                BinaryPrimitives.WriteUInt16BigEndian(room[2..], (ushort)size);
                length += 4;
            }
            else if (option is "sackOK" && room.Length >= 2)
            {
                (room[0], room[1]) = (SackPermitted, 2);
                length += 2;
            }
            else if (room.Length >= 3 && option.StartsWith("wscale ", StringComparison.Ordinal)
                && SegmentLine.Number(option, " ") is { } scale)
            {
                (room[0], room[1], room[2]) = (WindowScale, 3, (byte)scale);
                length += 3;
            }
            else if (room.Length >= 10 && TryReadTimestamps(option, out uint value, out uint echo))
            {
                (room[0], room[1]) = (Timestamps, 10);
                BinaryPrimitives.WriteUInt32BigEndian(room[2..], value);
                BinaryPrimitives.WriteUInt32BigEndian(room[6..], echo);
                length += 10;
            }
            else if (option.StartsWith("sack ", StringComparison.Ordinal)) length += WriteSack(option, absolute, room);
        }

        while (length % 4 != 0) bytes[length++] = NoOperation;
        return length;
    }

    // TS val 1 ecr 2, and before version 4: timestamp 1 2
    private static bool TryReadTimestamps(ReadOnlySpan<char> option, out uint value, out uint echo)
    {
        bool isOlder = option.StartsWith("timestamp ", StringComparison.Ordinal);
        value = SegmentLine.Number(option, isOlder ? "timestamp " : "TS val ") ?? 0;
        echo = SegmentLine.Number(isOlder ? option[(option.LastIndexOf(' '))..] : option, isOlder ? " " : "ecr ") ?? 0;
        return isOlder || option.StartsWith("TS val ", StringComparison.Ordinal);
    }

    // sack 2 {1:100}{200:300}
    private static int WriteSack(ReadOnlySpan<char> option, Func<uint, SequenceNumber> absolute, Span<byte> room)
    {
        int length = 2;
        for (int open = option.IndexOf('{'); open >= 0; open = option.IndexOf('{'))
        {
            option = option[(open + 1)..];
            int colon = option.IndexOf(':'), close = option.IndexOf('}');
            if (colon < 0 || close < colon || length + SackBlockLength > room.Length) break;
            if (!uint.TryParse(option[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out uint left)) break;
            if (!uint.TryParse(option[(colon + 1)..close], NumberStyles.None, CultureInfo.InvariantCulture, out uint right)) break;
            BinaryPrimitives.WriteUInt32BigEndian(room[length..], absolute(left).Value);
            BinaryPrimitives.WriteUInt32BigEndian(room[(length + 4)..], absolute(right).Value);
            length += SackBlockLength;
        }

        if (length == 2) return 0;
        (room[0], room[1]) = (Sack, (byte)length);
        return length;
    }
}
