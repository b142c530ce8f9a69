using System.Globalization;

namespace Trama.Cli.Commands.Dumping;

/// <summary>The size of <c>-C</c>: millions of bytes, or with <c>k</c>, <c>m</c>, <c>g</c> behind it KiB, MiB, GiB.</summary>
internal static class FileSize
{
    /// <summary>The size in bytes; null when the text is none above zero.</summary>
    public static long? Parse(string text)
    {
        long unit = text.Length == 0 ? 0 : text[^1] switch
        {
            'k' => 1L << 10,
            'm' => 1L << 20,
            'g' => 1L << 30,
            _ => 1_000_000,
        };
        ReadOnlySpan<char> digits = unit == 1_000_000 ? text : text.AsSpan()[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0
            && count <= long.MaxValue / unit
            ? count * unit
            : null;
    }
}
