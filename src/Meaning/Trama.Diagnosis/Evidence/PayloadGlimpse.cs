namespace Trama.Diagnosis.Evidence;

/// <summary>What is remembered of a payload.</summary>
/// <param name="Index">The place of the segment in the chapter.</param>
/// <param name="Facts">What it is.</param>
/// <param name="IsWhole">Whether these are about all of it.</param>
/// <param name="IsSeen">Whether any of it was seen, by the capture or by who noted the facts.</param>
/// <param name="Head">Its first four bytes, or what stands for them: equal where they are.</param>
internal readonly record struct PayloadGlimpse(int Index, PayloadFacts Facts, bool IsWhole, bool IsSeen, uint Head)
{
    /// <summary>How many line feeds it has.</summary>
    public int Lines => Facts.Lines;

    /// <summary>Whether it ends with one.</summary>
    public bool EndsLine => Facts.EndsLine;

    /// <summary>What its first two bytes are, or what stands for them: equal where they are.</summary>
    public uint ShortHead { get; private init; } = Head >> 16;

    public static PayloadGlimpse Of(int index, ReadOnlySpan<byte> payload, int length)
    {
        ulong head = Opening.HeadOf(payload);
        bool isWhole = payload.Length == length;
        return new PayloadGlimpse(index, PayloadFacts.Of(payload, length), isWhole, isWhole || head != 0, (uint)(head >> 32));
    }

    /// <summary>That of a payload of which only this was kept.</summary>
    public static PayloadGlimpse Of(int index, PayloadFacts facts) =>
        new(index, facts, IsWhole: true, IsSeen: true, facts.BeginsWith4) { ShortHead = facts.BeginsWith2 };
}
