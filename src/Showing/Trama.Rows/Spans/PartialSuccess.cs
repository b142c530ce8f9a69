namespace Trama.Rows.Spans;

/// <summary>Reads the answer of a collector, ExportTraceServiceResponse: how many spans it did not want.</summary>
internal static class PartialSuccess
{
    /// <summary>How many; 0 when it wanted all, or did not answer in this form.</summary>
    public static long Rejected(ReadOnlySpan<byte> response)
    {
        // partial_success is field 1, rejected_spans is field 1 of it.
        if (!TryTake(ref response, out int field, out ulong length) || field != ((1 << 3) | 2) || length > (ulong)response.Length) return 0;
        response = response[..(int)length];
        return TryTake(ref response, out field, out ulong rejected) && field == 1 << 3 ? (long)Math.Min(rejected, long.MaxValue) : 0;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, out int field, out ulong value)
    {
        value = 0;
        bool isField = TryVarint(ref bytes, out ulong tag);
        field = (int)tag;
        return isField && tag < 1 << 7 && TryVarint(ref bytes, out value);
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
