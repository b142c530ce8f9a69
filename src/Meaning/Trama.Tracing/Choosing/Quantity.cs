using System.Globalization;

namespace Trama.Tracing.Choosing;

/// <summary>A number as a person writes it: <c>500</c>, <c>200ms</c>, <c>64KiB</c>.</summary>
/// <param name="Kind">What its unit makes of it.</param>
/// <param name="Value">The number, in nanoseconds or bytes where it has a unit.</param>
internal readonly record struct Quantity(FieldKind Kind, decimal Value)
{
    private static readonly (string Suffix, FieldKind Kind, decimal Factor)[] Units =
    [
        ("ns", FieldKind.Duration, 1), ("us", FieldKind.Duration, 1_000), ("µs", FieldKind.Duration, 1_000),
        ("ms", FieldKind.Duration, 1_000_000),
        ("KiB", FieldKind.Size, 1L << 10), ("MiB", FieldKind.Size, 1L << 20), ("GiB", FieldKind.Size, 1L << 30),
        ("kB", FieldKind.Size, 1_000), ("KB", FieldKind.Size, 1_000), ("MB", FieldKind.Size, 1_000_000),
        ("GB", FieldKind.Size, 1_000_000_000), ("B", FieldKind.Size, 1), ("s", FieldKind.Duration, 1_000_000_000),
        ("m", FieldKind.Duration, 60_000_000_000), ("h", FieldKind.Duration, 3_600_000_000_000), ("", FieldKind.Number, 1),
    ];

    /// <summary>Reads a number with or without a unit.</summary>
    public static bool TryParse(string text, out Quantity quantity)
    {
        (string suffix, FieldKind kind, decimal factor) = Units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        quantity = default;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - suffix.Length);
        if (!decimal.TryParse(digits, Styles, CultureInfo.InvariantCulture, out decimal number)) return false;
        if (Math.Abs(number) > 1_000_000_000_000) return false;
        quantity = new(kind, number * factor);
        return true;
    }
}
