using System.Globalization;
using System.Text;

namespace Trama.Reports.Code;

/// <summary>Quotes for bash: what comes out is one word, whatever went in.</summary>
internal static class ShellText
{
    // Linux takes no argument of more than 128 KiB (execve(2)).
    private const int LongestArgument = 128 << 10;

    /// <summary>Whether bytes can be an argument of a program: without a zero, and not too long.</summary>
    public static bool IsArgument(ReadOnlySpan<byte> bytes) => bytes.Length < LongestArgument && !bytes.Contains((byte)0);

    /// <summary>Quotes bytes, which have no zero among them: no argument of a program can hold one.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            var text = new StringBuilder("$'");
            foreach (byte value in bytes)
            {
                if (value is (byte)'\'' or (byte)'\\') text.Append('\\').Append((char)value);
                else if (value is >= (byte)' ' and <= (byte)'~') text.Append((char)value);
                // Three digits: a letter after them is none of theirs.
                else text.Append('\\').Append(Octal(value));
            }

            return text.Append('\'').ToString();
        }

        return $"'{Encoding.ASCII.GetString(bytes).Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>Quotes text.</summary>
    public static string Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));

    /// <summary>A command that writes bytes of any kind to its output.</summary>
    public static string Printing(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("printf '%b' '");
        // A zero in front, then at most three digits.
        foreach (byte value in bytes) text.Append("\\0").Append(Octal(value));
        return text.Append('\'').ToString();
    }

    private static string Octal(byte value) => Convert.ToString(value, 8).PadLeft(3, '0');

    /// <summary>A number, in the digits that every program reads.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
