using System.Text;

namespace Trama.Replay.Adapting.Mail;

/// <summary>What servers say of an upgrade to TLS that a played one does not make.</summary>
internal static class TlsOffers
{
    // What offers something is short.
    private const int Longest = 4096;

    /// <summary>A reply without these words.</summary>
    public static ReadOnlyMemory<byte> Removed(ReadOnlyMemory<byte> reply, params string[] words)
    {
        if (reply.Length > Longest) return reply;
        string text = Encoding.Latin1.GetString(reply.Span);
        if (!Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) return reply;
        return Encoding.Latin1.GetBytes(words.Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A reply of several lines with a code without the one that says this word; the last of them has no hyphen (RFC 5321
    /// section 4.2.1).</summary>
    public static ReadOnlyMemory<byte> WithoutLine(ReadOnlyMemory<byte> reply, string word)
    {
        if (reply.Length > Longest) return reply;
        string text = Encoding.Latin1.GetString(reply.Span);
        if (!text.Contains(word, StringComparison.OrdinalIgnoreCase)) return reply;
        List<string> lines = [.. text.Split("\r\n")];
        // It is one of the offers, which stand behind the code and the name of the server.
        int at = lines.FindIndex(1, line => line.Length > 4 && line[4..].Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
        if (at < 0) return reply;
        string removed = lines[at];
        lines.RemoveAt(at);
        if (removed[3] == ' ' && lines[at - 1].Length >= 4) lines[at - 1] = $"{lines[at - 1][..3]} {lines[at - 1][4..]}";
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
    }
}
