using Trama.Fleet.Sending;
using Trama.Framing;

namespace Trama.Fleet.Browsing;

/// <summary>Texts of rows as they are kept to be shown: fit for that, and no longer than anybody reads.</summary>
internal static class KeptText
{
    private const int Longest = 300;

    /// <summary>A column's text.</summary>
    public static string Of(ReadRow row, string column)
    {
        string text = VisibleText.Checked(row.Text(column));
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
    }
}
