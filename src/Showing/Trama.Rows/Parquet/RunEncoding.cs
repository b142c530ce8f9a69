using System.Buffers;

namespace Trama.Rows.Parquet;

/// <summary>
/// Parquet's hybrid of runs and packed bits: a number that comes eight times or more stands once with its count; the others stand in
/// groups of eight.
/// </summary>
internal static class RunEncoding
{
    private const int Group = 8;

    /// <summary>Writes numbers.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="values">The numbers, none of them negative.</param>
    /// <param name="width">How many bits each needs, 1 to 31.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<int> values, int width)
    {
        while (!values.IsEmpty)
        {
            int run = RunLength(values);
            if (run >= Group)
            {
                WriteRun(output, values[0], run, width);
                values = values[run..];
                continue;
            }

            int packed = Group;
            while (packed < values.Length && RunLength(values[packed..]) < Group) packed += Group;
            packed = Math.Min(packed, values.Length);
            Pack(output, values[..packed], width);
            values = values[packed..];
        }
    }

    /// <summary>Writes a number that comes a number of times.</summary>
    public static void WriteRun(IBufferWriter<byte> output, int value, int count, int width)
    {
        output.WriteVariable((ulong)count << 1);
        Span<byte> room = output.GetSpan(sizeof(int));
        int bytes = (width + 7) / 8;
        for (int i = 0; i < bytes; i++) room[i] = (byte)(value >> (i * 8));
        output.Advance(bytes);
    }

    private static void Pack(IBufferWriter<byte> output, ReadOnlySpan<int> values, int width)
    {
        int groups = (values.Length + Group - 1) / Group, length = groups * width;
        output.WriteVariable(((ulong)groups << 1) | 1);
        var bits = new BitPacker(output.GetSpan(length + sizeof(ulong)));
        foreach (int value in values) bits.Add((ulong)value, width);
        bits.FillTo(length);
        output.Advance(length);
    }

    private static int RunLength(ReadOnlySpan<int> values)
    {
        int other = values.IndexOfAnyExcept(values[0]);
        return other < 0 ? values.Length : other;
    }
}
