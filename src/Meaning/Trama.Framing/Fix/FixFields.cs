using System.Buffers.Text;

namespace Trama.Framing.Fix;

/// <summary>The fields of a message of FIX: a tag, <c>=</c>, a value, and SOH (FIX tag value encoding).</summary>
internal static class FixFields
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBody = 1 << 24;

    // CheckSum with its tag and end.
    private const int TrailerSize = 7;

    // BeginString and BodyLength.
    private const int MaxHead = 32;

    private const byte Soh = 1;

    private static ReadOnlySpan<byte> Begin => "8=FIX"u8;

    /// <summary>Reads how long a message is.</summary>
    public static FrameStatus Measure(ReadOnlySpan<byte> head, out long length)
    {
        length = 0;
        if (Recognition.Begins(head, Begin) != Likeness.Yes) return Begin.StartsWith(head) ? FrameStatus.NeedMore : FrameStatus.Unfit;
        ReadOnlySpan<byte> looked = head[..Math.Min(head.Length, MaxHead)];
        int first = looked.IndexOf(Soh), second = first < 0 ? -1 : looked[(first + 1)..].IndexOf(Soh);
        if (second < 0) return head.Length >= MaxHead ? FrameStatus.Unfit : FrameStatus.NeedMore;
        ReadOnlySpan<byte> field = looked.Slice(first + 1, second);
        if (!field.StartsWith("9="u8) || !Utf8Parser.TryParse(field[2..], out int body, out int used) || used != field.Length - 2
            || body is < 0 or > MaxBody) return FrameStatus.Unfit;
        length = first + second + 2 + body + TrailerSize;
        return FrameStatus.Complete;
    }

    /// <summary>Whether bytes begin with a message, whose trailer stands where the length says.</summary>
    public static Likeness Judge(ReadOnlySpan<byte> bytes, out long length)
    {
        FrameStatus status = Measure(bytes, out length);
        if (status != FrameStatus.Complete) return status == FrameStatus.NeedMore && bytes.Length >= 2 ? Likeness.Open : Likeness.No;
        if (length > bytes.Length) return Likeness.Yes;
        ReadOnlySpan<byte> trailer = bytes[(int)(length - TrailerSize)..(int)length];
        return trailer.StartsWith("10="u8) && trailer[^1] == Soh ? Likeness.Yes : Likeness.No;
    }

    /// <summary>The value of a tag; empty when it is not there, or its end is missing.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tagAndSign)
    {
        while (!message.IsEmpty)
        {
            int end = message.IndexOf(Soh);
            if (end < 0) return default;
            if (message[..end].StartsWith(tagAndSign)) return message[tagAndSign.Length..end];
            message = message[(end + 1)..];
        }

        return default;
    }
}
