namespace Trama.Dump.Text;

/// <summary>Writes the names of the bits that are set in a number.</summary>
internal static class BitNames
{
    /// <summary>
    /// Appends the name of every entry all of whose bits are set, in the table's order.
    /// </summary>
    /// <returns>False when no entry matched and nothing was written.</returns>
    public static bool AppendBits(this LineWriter output, ReadOnlySpan<(uint Bits, string Name)> table, uint value, string separator = ", ")
    {
        bool any = false;
        foreach (var (bits, name) in table)
        {
            if (bits == 0 || (value & bits) != bits) continue;
            if (any) output.Append(separator);
            output.Append(name);
            any = true;
        }

        return any;
    }
}
