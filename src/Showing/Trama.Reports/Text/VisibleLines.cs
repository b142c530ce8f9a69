using System.Text;
using Trama.Framing;

namespace Trama.Reports.Text;

/// <summary>Bytes as text of several lines, fit to be shown.</summary>
internal static class VisibleLines
{
    /// <summary>Appends it.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (Range line in bytes.Split((byte)'\n'))
        {
            if (line.Start.Value > 0) text.Append('\n');
            VisibleText.Append(text, bytes[line].TrimEnd((byte)'\r'));
        }
    }
}
