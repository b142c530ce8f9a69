using System.Globalization;
using System.Text;

namespace Trama.Reports.Text;

/// <summary>Lists of numbers in few characters.</summary>
internal static class NumberRanges
{
    /// <summary>Rising numbers with runs drawn together, <c>1-12, 15, 20</c>; after <paramref name="most"/> parts an ellipsis.</summary>
    public static string Of(IReadOnlyList<long> numbers, int most, bool ascii)
    {
        var text = new StringBuilder();
        for (int i = 0, parts = 0; i < numbers.Count; parts++)
        {
            if (text.Length > 0) text.Append(", ");
            if (parts == most) return text.Append(ascii ? "..." : "…").ToString();
            int last = i;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1) last++;
            // Two in a row are as short apart.
            if (last == i + 1) last = i;
            text.Append(CultureInfo.InvariantCulture, $"{numbers[i]}");
            if (last > i) text.Append(CultureInfo.InvariantCulture, $"-{numbers[last]}");
            i = last + 1;
        }

        return text.ToString();
    }
}
