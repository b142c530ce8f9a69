using System.Buffers;
using System.Buffers.Text;

namespace Trama.Rows.Spans;

/// <summary>
/// Whose part a request is, as its header <c>traceparent</c> says (https://www.w3.org/TR/trace-context/#traceparent-header).
/// </summary>
/// <param name="Trace">The trace.</param>
/// <param name="Span">The span that sent the request.</param>
/// <param name="Flags">The flags: 1 when it is recorded.</param>
internal readonly record struct TraceParent(UInt128 Trace, ulong Span, byte Flags)
{
    // 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
    private const int TextLength = 55;
    private const int TraceAt = 3;
    private const int SpanAt = 36;
    private const int FlagsAt = 53;

    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Reads the value of the header; null when that says nothing.</summary>
    public static TraceParent? Parse(ReadOnlySpan<byte> text)
    {
        // A later version may say more behind these; ff is none.
        if (text.Length < TextLength || text[2] != '-' || text[SpanAt - 1] != '-' || text[FlagsAt - 1] != '-') return null;
        if (text[..2].SequenceEqual("ff"u8) || (text[..2].SequenceEqual("00"u8) && text.Length != TextLength)) return null;
        if (text.Length > TextLength && text[TextLength] != '-') return null;
        ulong high = Hex(text[TraceAt..(TraceAt + 16)], out bool isHigh), low = Hex(text[(TraceAt + 16)..(SpanAt - 1)], out bool isLow);
        ulong span = Hex(text[SpanAt..(FlagsAt - 1)], out bool isSpan), flags = Hex(text[FlagsAt..TextLength], out bool areFlags);
        _ = Hex(text[..2], out bool isVersion);
        if (!(isVersion && isHigh && isLow && isSpan && areFlags) || (high | low) == 0 || span == 0) return null;
        return new TraceParent(new UInt128(high, low), span, (byte)flags);
    }

    private static ulong Hex(ReadOnlySpan<byte> text, out bool isHex)
    {
        isHex = Utf8Parser.TryParse(text, out ulong value, out _, 'x') && !text.ContainsAnyExcept(s_hex);
        return value;
    }
}
