using System.Globalization;

namespace Trama.Cli.CommandLine;

/// <summary>
/// Sizes in bytes as people write them: a number and nothing, <c>KiB</c>, <c>MiB</c>, <c>GiB</c>, <c>kB</c>, <c>MB</c> or <c>GB</c>.
/// </summary>
internal static class Sizes
{
    private static readonly (string Suffix, long Unit)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30),
        ("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("", 1),
    ];

    /// <summary>Reads <c>1024</c>, <c>64KiB</c>, <c>1MB</c>; a letter alone is a power of 1024. Up to 2^53 bytes.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        (string suffix, long unit) = Units.First(entry => text.EndsWith(entry.Suffix, StringComparison.Ordinal));
        return long.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count <= (1L << 53) / unit
            && (bytes = count * unit) >= 0;
    }

    /// <summary>Writes a size so that <see cref="TryParse"/> reads it back, in the largest binary unit that divides it.</summary>
    public static string Format(long bytes)
    {
        (string suffix, long unit) = Units.Take(3).Reverse()
            .FirstOrDefault(entry => bytes >= entry.Unit && bytes % entry.Unit == 0, ("", 1));
        return $"{bytes / unit}{suffix}";
    }
}
