using System.Buffers;
using System.Text;
using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Http2.Fields;

/// <summary>Blocks of header fields (RFC 7541): read with a direction's table, written so that they need none.</summary>
public static class FieldBlock
{
    private const int Huffman = 0x80;

    /// <summary>Reads a block, and notes what it adds to the table.</summary>
    /// <returns>The fields; null when the bytes are no block.</returns>
    public static List<HeaderField>? Read(ReadOnlySpan<byte> block, HeaderTable table)
    {
        var fields = new List<HeaderField>();
        while (!block.IsEmpty)
        {
            byte first = block[0];
            if (first >= 0x80)
            {
                if (!TryInteger(ref block, 7, out int index) || table.Field(index) is not { } known) return null;
                fields.Add(known);
            }
            else if ((first & 0xe0) == 0x20)
            {
                if (!TryInteger(ref block, 5, out int size)) return null;
                table.Resize(size);
            }
            else
            {
                bool isAdded = (first & 0x40) != 0;
                if (!TryInteger(ref block, isAdded ? 6 : 4, out int index)) return null;
                string? name = index > 0 ? table.Field(index)?.Name : Text(ref block);
                if (name is null || Text(ref block) is not { } value) return null;
                var field = new HeaderField(name, value);
                fields.Add(field);
                if (isAdded) table.Add(field);
            }
        }

        return fields;
    }

    /// <summary>Writes fields as literals that are not indexed (RFC 7541 section 6.2.2).</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<HeaderField> fields)
    {
        var block = new ArrayBufferWriter<byte>();
        foreach (HeaderField field in fields)
        {
            Byte(block, 0);
            Text(block, field.Name);
            Text(block, field.Value);
        }

        return block.WrittenMemory;
    }

    private static void Text(ArrayBufferWriter<byte> block, string text)
    {
        int length = text.Length;
        if (length < 0x7f) Byte(block, length);
        else
        {
            Byte(block, 0x7f);
            for (length -= 0x7f; length >= 0x80; length >>= 7) Byte(block, length | 0x80);
            Byte(block, length);
        }

        Encoding.Latin1.GetBytes(text, block);
    }

    private static void Byte(ArrayBufferWriter<byte> block, int value)
    {
        block.GetSpan(1)[0] = (byte)value;
        block.Advance(1);
    }

    private static string? Text(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty) return null;
        bool isCoded = (block[0] & Huffman) != 0;
        if (!TryInteger(ref block, 7, out int length) || length > block.Length) return null;
        ReadOnlySpan<byte> bytes = block[..length];
        block = block[length..];
        if (!isCoded) return Encoding.Latin1.GetString(bytes);
        byte[] text = new byte[HpackHuffman.MaxText(length)];
        return HpackHuffman.TryDecode(bytes, text, out int decoded) ? Encoding.Latin1.GetString(text.AsSpan(0, decoded)) : null;
    }

    // RFC 7541 section 5.1.
    private static bool TryInteger(ref ReadOnlySpan<byte> block, int prefix, out int value)
    {
        int full = (1 << prefix) - 1;
        value = block[0] & full;
        block = block[1..];
        if (value < full) return true;
        for (int shift = 0; shift <= 21 && !block.IsEmpty; shift += 7)
        {
            byte next = block[0];
            block = block[1..];
            value += (next & 0x7f) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }
}
