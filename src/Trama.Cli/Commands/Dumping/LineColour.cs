using Trama.Dump;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Dumping;

/// <summary>Colours the lines of packets on a terminal: where a connection opens, closes and breaks. The text stays the same.</summary>
internal static class LineColour
{
    /// <summary>Appends the lines of one packet in their colour.</summary>
    public static void Append(LineWriter output, ReadOnlySpan<byte> lines)
    {
        ReadOnlySpan<byte> colour = ColourOf(lines);
        if (colour.IsEmpty)
        {
            output.Append(lines);
            return;
        }

        output.Append(colour);
        output.Append(lines.TrimEnd((byte)'\n'));
        output.Append(Ansi.Plain);
        output.Append("\n"u8);
    }

    private static ReadOnlySpan<byte> ColourOf(ReadOnlySpan<byte> lines)
    {
        ReadOnlySpan<byte> label = "Flags ["u8;
        int at = lines.IndexOf(label);
        if (at < 0) return default;
        ReadOnlySpan<byte> flags = lines[(at + label.Length)..];
        flags = flags[..Math.Max(flags.IndexOf((byte)']'), 0)];
        return flags.Contains((byte)'R') ? Ansi.Of(TextStyle.Breaking)
            : flags.Contains((byte)'S') ? Ansi.Of(TextStyle.Opening)
            : flags.Contains((byte)'F') ? Ansi.Of(TextStyle.Closing)
            : default;
    }
}
