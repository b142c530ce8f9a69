using System.Buffers;
using System.Numerics;

namespace Trama.Rows.Parquet;

/// <summary>
/// Parquet's DELTA_BINARY_PACKED: each number as what it is more than the one before, in blocks of 128, whose quarters have as many bits
/// a number as their largest needs. Times and durations take two or three bytes.
/// </summary>
internal static class DeltaEncoding
{
    private const int BlockValues = 128;
    private const int Parts = 4;
    private const int PartValues = BlockValues / Parts;

    /// <summary>Writes numbers.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<long> values)
    {
        output.WriteVariable(BlockValues);
        output.WriteVariable(Parts);
        output.WriteVariable((ulong)values.Length);
        output.WriteZigZag(values.IsEmpty ? 0 : values[0]);
        Span<long> deltas = stackalloc long[BlockValues];
        for (int at = 1; at < values.Length; at += BlockValues)
        {
            int count = Math.Min(BlockValues, values.Length - at);
            for (int i = 0; i < count; i++) deltas[i] = unchecked(values[at + i] - values[at + i - 1]);
            WriteBlock(output, deltas[..count]);
        }
    }

    private static void WriteBlock(IBufferWriter<byte> output, ReadOnlySpan<long> deltas)
    {
        long least = deltas[0];
        foreach (long delta in deltas) least = Math.Min(least, delta);
        output.WriteZigZag(least);
        Span<byte> widths = stackalloc byte[Parts];
        for (int part = 0; part * PartValues < deltas.Length; part++)
        {
            ulong all = 0;
            foreach (long delta in Part(deltas, part)) all |= unchecked((ulong)(delta - least));
            widths[part] = (byte)(64 - BitOperations.LeadingZeroCount(all));
        }

        output.Write(widths);
        for (int part = 0; part * PartValues < deltas.Length; part++) Pack(output, Part(deltas, part), least, widths[part]);
    }

    private static ReadOnlySpan<long> Part(ReadOnlySpan<long> deltas, int part)
    {
        ReadOnlySpan<long> rest = deltas[(part * PartValues)..];
        return rest.Length > PartValues ? rest[..PartValues] : rest;
    }

    // A part that has fewer numbers is filled up with zeros.
    private static void Pack(IBufferWriter<byte> output, ReadOnlySpan<long> deltas, long least, int width)
    {
        Span<byte> room = output.GetSpan((PartValues * width / 8) + sizeof(ulong));
        var bits = new BitPacker(room);
        foreach (long delta in deltas) bits.Add(unchecked((ulong)(delta - least)), width);
        bits.FillTo(PartValues * width / 8);
        output.Advance(PartValues * width / 8);
    }
}
