namespace Trama.Dump.Text;

/// <summary>Writes text fields of a packet, made printable.</summary>
internal static class WireText
{
    /// <summary>Appends <paramref name="count"/> bytes of text, or those captured of them; false when some were not.</summary>
    public static bool AppendCounted(this LineWriter output, PacketBytes bytes, int offset, int count)
    {
        ReadOnlySpan<byte> captured = bytes.From(offset).First(Math.Max(count, 0)).Captured;
        output.AppendPrintable(captured);
        return captured.Length >= count;
    }

    /// <summary>Appends text that ends at a NUL, at most <paramref name="count"/> bytes of it.</summary>
    /// <returns>The bytes taken, the NUL among them; 0 when there was none within what was captured.</returns>
    public static int AppendTerminated(this LineWriter output, PacketBytes bytes, int offset, int count)
    {
        ReadOnlySpan<byte> captured = bytes.From(offset).First(Math.Max(count, 0)).Captured;
        int end = captured.IndexOf((byte)0);
        output.AppendPrintable(end < 0 ? captured : captured[..end]);
        return end + 1;
    }

    /// <summary>Appends text padded with NULs, at most <paramref name="count"/> bytes; one that was not captured cuts the line.</summary>
    public static void AppendPadded(this LineWriter output, PacketBytes bytes, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            byte value = bytes.U8(offset + i);
            if (value == 0) return;
            output.AppendPrintable(value);
        }
    }
}
