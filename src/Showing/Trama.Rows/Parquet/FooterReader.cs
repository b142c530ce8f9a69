using System.Buffers.Binary;
using System.Text;

namespace Trama.Rows.Parquet;

/// <summary>Reads of a Parquet file what its footer says of the file as a whole: the texts under its keys.</summary>
public static class FooterReader
{
    // What it says of columns and row groups grows with the file: a thousand of these have some megabytes.
    private const int MaxFooter = 64 << 20;
    private const int MaxDepth = 16;
    private const int KeyValues = 5;

    /// <summary>The text under a key; null when there is none, or the file is no whole Parquet file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key, such as <see cref="Tables.RowSchema.CaptureKey"/>.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Read(string path, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using FileStream file = File.OpenRead(path);
        Span<byte> tail = stackalloc byte[8];
        if (file.Length < 12) return null;
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail[4..].SequenceEqual("PAR1"u8) || length is <= 0 or > MaxFooter || length > file.Length - 12) return null;
        byte[] footer = new byte[length];
        file.Position = file.Length - tail.Length - length;
        file.ReadExactly(footer);
        return Find(footer, Encoding.UTF8.GetBytes(key));
    }

    // Thrift's compact protocol: a field is the distance to its number and a type, then its value.
    private static string? Find(ReadOnlySpan<byte> left, ReadOnlySpan<byte> key)
    {
        int number = 0;
        while (TryField(ref left, ref number, out int type) && type != 0)
        {
            if (number != KeyValues)
            {
                if (!TrySkip(ref left, type, 0)) return null;
                continue;
            }

            if (type != 9 || !TryList(ref left, out int count, out int element) || element != 12) return null;
            for (; count > 0; count--)
            {
                if (!TryPair(ref left, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)) return null;
                if (name.SequenceEqual(key)) return Encoding.UTF8.GetString(value);
            }

            return null;
        }

        return null;
    }

    private static bool TryPair(ref ReadOnlySpan<byte> left, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        int number = 0;
        while (TryField(ref left, ref number, out int type))
        {
            if (type == 0) return true;
            if (type == 8 && number is 1 or 2)
            {
                if (!VariableLength.TryReadVariable(ref left, out ulong length) || length > (ulong)left.Length) return false;
                if (number == 1) name = left[..(int)length];
                else value = left[..(int)length];
                left = left[(int)length..];
            }
            else if (!TrySkip(ref left, type, 0))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryField(ref ReadOnlySpan<byte> left, ref int number, out int type)
    {
        type = 0;
        if (left.IsEmpty) return false;
        byte head = left[0];
        left = left[1..];
        type = head & 15;
        if (type == 0) return true;
        if (head >> 4 is > 0 and var further)
        {
            number += further;
            return true;
        }

        if (!VariableLength.TryReadZigZag(ref left, out long given) || given is < 0 or > short.MaxValue) return false;
        number = (int)given;
        return true;
    }

    private static bool TryList(ref ReadOnlySpan<byte> left, out int count, out int element)
    {
        (count, element) = (0, 0);
        if (left.IsEmpty) return false;
        (count, element) = (left[0] >> 4, left[0] & 15);
        left = left[1..];
        if (count < 15) return true;
        if (!VariableLength.TryReadVariable(ref left, out ulong many) || many > (ulong)left.Length) return false;
        count = (int)many;
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> left, int type, int depth)
    {
        if (depth > MaxDepth) return false;
        switch (type)
        {
            case 1 or 2: return true;
            case 3: return TryDrop(ref left, 1);
            case 4 or 5 or 6: return VariableLength.TryReadVariable(ref left, out _);
            case 7: return TryDrop(ref left, sizeof(double));
            case 8: return VariableLength.TryReadVariable(ref left, out ulong length) && TryDrop(ref left, length);
            case 9 or 10:
                if (!TryList(ref left, out int count, out int element)) return false;
                // What is true or false takes a byte in a list.
                for (; count > 0; count--)
                    if (element is 1 or 2 ? !TryDrop(ref left, 1) : !TrySkip(ref left, element, depth + 1)) return false;
                return true;
            case 12:
                int number = 0;
                while (TryField(ref left, ref number, out int field))
                {
                    if (field == 0) return true;
                    if (!TrySkip(ref left, field, depth + 1)) return false;
                }

                return false;
            // A footer has no maps.
            default: return false;
        }
    }

    private static bool TryDrop(ref ReadOnlySpan<byte> left, ulong length)
    {
        if (length > (ulong)left.Length) return false;
        left = left[(int)length..];
        return true;
    }
}
