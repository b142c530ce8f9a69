using System.Buffers.Binary;
using System.Text.Unicode;

namespace Trama.Diagnosis.Evidence;

/// <summary>What is remembered of a payload.</summary>
/// <param name="Index">The place of the segment in the chapter.</param>
/// <param name="Lines">How many line feeds it has.</param>
/// <param name="EndsLine">Whether it ends with one.</param>
/// <param name="IsWhole">Whether the capture has all of it.</param>
/// <param name="IsText">Whether it is valid UTF-8.</param>
/// <param name="IsFarewell">Whether it wants no reply, because it ends the conversation.</param>
/// <param name="Head">Its first eight bytes, the first one highest; zeros where it has fewer.</param>
internal readonly record struct PayloadGlimpse(int Index, int Lines, bool EndsLine, bool IsWhole, bool IsText, bool IsFarewell, ulong Head)
{
    /// <summary>Whether the capture has any of it.</summary>
    public bool IsSeen => IsWhole || Head != 0;

    public static PayloadGlimpse Of(int index, ReadOnlySpan<byte> payload, int length)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        payload[..Math.Min(payload.Length, head.Length)].CopyTo(head);
        return new PayloadGlimpse(
            index,
            payload.Count((byte)'\n'),
            payload is [.., (byte)'\n'],
            payload.Length == length,
            Utf8.IsValid(payload),
            Farewell.Is(payload),
            BinaryPrimitives.ReadUInt64BigEndian(head));
    }
}
