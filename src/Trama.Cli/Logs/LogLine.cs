using System.Text;

namespace Trama.Cli.Logs;

/// <summary>Puts one line of text into UTF-8 and writes it.</summary>
internal static class LogLine
{
    [ThreadStatic]
    private static byte[]? s_bytes;

    /// <summary>Writes <paramref name="line"/> and a line end.</summary>
    public static void Write(LogOutput output, string line)
    {
        int most = Encoding.UTF8.GetMaxByteCount(line.Length + 1);
        if (s_bytes is null || s_bytes.Length < most) s_bytes = new byte[most];
        int length = Encoding.UTF8.GetBytes(line, s_bytes);
        s_bytes[length++] = (byte)'\n';
        output.Append(s_bytes.AsSpan(0, length));
    }
}
