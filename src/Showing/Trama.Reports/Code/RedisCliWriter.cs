using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>A command of Redis in redis-cli's words.</summary>
internal sealed class RedisCliWriter(bool withCredentials) : ICodeWriter
{
    private const int MaxArguments = 4096;

    /// <inheritdoc/>
    public string Remark => "#";

    /// <inheritdoc/>
    public string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields)
    {
        if (exchange.Protocol != "resp" || exchange.Request is not { } request || Arguments(request.Head.Span) is not [var name, ..] all)
            return null;
        // What begins with a hyphen would be an option, and no argument has a zero: the last one may come from standard input.
        if (name is [(byte)'-', ..] || all.SkipLast(1).Any(argument => !ShellText.IsArgument(argument))) return null;
        if (!withCredentials) Withhold(all);
        var line = new StringBuilder();
        bool isPiped = !ShellText.IsArgument(all[^1]);
        if (isPiped) line.Append(ShellText.Printing(all[^1])).Append(" | ");
        line.Append("redis-cli -h ").Append(ShellText.Quote($"{connection.Server.Address}"))
            .Append(" -p ").Append(ShellText.Number(connection.Server.Port));
        if (connection.Tls is not null) line.Append(" --tls --insecure");
        if (isPiped) line.Append(" -x");
        foreach (byte[] argument in isPiped ? all.SkipLast(1) : all) line.Append(' ').Append(ShellText.Quote(argument));
        return line.ToString();
    }

    private static void Withhold(List<byte[]> all)
    {
        bool isSecret = Is(all[0], "AUTH"), isSetting = Is(all[0], "CONFIG") || Is(all[0], "SENTINEL");
        for (int at = 1; at < all.Count; at++)
        {
            // HELLO 3 AUTH name password; CONFIG SET requirepass, ACL SETUSER name >password.
            if (isSecret || all[at] is [(byte)'>' or (byte)'#' or (byte)'<', ..] && Is(all[0], "ACL"))
                all[at] = Encoding.ASCII.GetBytes(HttpRequestParts.WithheldMark);
            else isSecret = Is(all[at], "AUTH") || Is(all[at], "AUTH2") || (isSetting && IsSecret(all[at]));
        }
    }

    // requirepass, masterauth, auth-pass, tls-key-file-pass.
    private static bool IsSecret(byte[] setting) => Encoding.ASCII.GetString(setting) is var name
        && (name.Contains("auth", StringComparison.OrdinalIgnoreCase) || name.Contains("pass", StringComparison.OrdinalIgnoreCase));

    private static bool Is(byte[] argument, string word) => Ascii.EqualsIgnoreCase(argument, word);

    // An array of strings, each with its length (RESP), as clients send commands; null for what is cut or written otherwise.
    private static List<byte[]>? Arguments(ReadOnlySpan<byte> said)
    {
        if (!TryNumber(ref said, '*', out int count) || count is < 1 or > MaxArguments) return null;
        List<byte[]> all = [];
        for (int argument = 0; argument < count; argument++)
        {
            if (!TryNumber(ref said, '$', out int length) || length < 0 || length > said.Length - 2) return null;
            all.Add(said[..length].ToArray());
            said = said[(length + 2)..];
        }

        return all;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> said, char mark, out int number)
    {
        number = 0;
        int end = said.IndexOf("\r\n"u8);
        if (end < 2 || said[0] != mark || !int.TryParse(said[1..end], out number)) return false;
        said = said[(end + 2)..];
        return true;
    }
}
