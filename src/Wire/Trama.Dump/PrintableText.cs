namespace Trama.Dump;

/// <summary>Writes bytes from the wire as text that no terminal takes for a command.</summary>
internal static class PrintableText
{
    /// <summary>
    /// Appends a byte: printable ASCII as it is, control characters as <c>^X</c>, the upper half with <c>M-</c> before it.
    /// </summary>
    public static void AppendPrintable(this LineWriter output, byte value)
    {
        if (value >= 0x80)
        {
            output.Append("M-"u8);
            value &= 0x7f;
        }

        if (value is < 0x20 or 0x7f)
        {
            output.Append((byte)'^');
            value ^= 0x40;
        }

        output.Append(value);
    }

    /// <summary>Appends bytes, each as <see cref="AppendPrintable(LineWriter, byte)"/> does.</summary>
    public static void AppendPrintable(this LineWriter output, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) output.AppendPrintable(value);
    }
}
