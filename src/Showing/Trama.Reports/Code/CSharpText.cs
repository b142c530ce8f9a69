using System.Globalization;
using System.Text;

namespace Trama.Reports.Code;

/// <summary>Quotes for C#: a string or bytes, whatever went in.</summary>
internal static class CSharpText
{
    /// <summary>A string literal.</summary>
    public static string Quote(string said)
    {
        var text = new StringBuilder("\"");
        foreach (char unit in said)
        {
            if (unit is '"' or '\\') text.Append('\\').Append(unit);
            else if (unit is >= ' ' and <= '~') text.Append(unit);
            else text.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.Append('"').ToString();
    }

    /// <summary>An expression that gives bytes.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        ? $"Convert.FromHexString(\"{Convert.ToHexString(bytes)}\")"
        : $"{Quote(Encoding.ASCII.GetString(bytes))}u8.ToArray()";
}
