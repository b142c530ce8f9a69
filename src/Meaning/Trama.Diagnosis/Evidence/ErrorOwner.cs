using System.Text;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// Whose an error is, as the words of its protocol say: the one who asked for what cannot be, or the one who could not do it.
/// </summary>
internal static class ErrorOwner
{
    // SQLSTATE's classes (ISO 9075 part 2, and PostgreSQL's appendix A): connection, resources, operator, system, the server itself.
    private static readonly string[] s_serverClasses = ["08", "53", "57", "58", "XX", "HV", "F0"];

    // gRPC's codes: UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.
    private static readonly int[] s_serverCalls = [2, 4, 8, 10, 12, 13, 14, 15];

    // Errors of servers and brokers that say that they could not, whatever was asked.
    private static readonly string[] s_serverWords =
    [
        "unavailable", "not available", "internal", "busy", "overload", "timeout", "timed out", "resource", "too many connections",
        "out of memory", "oom", "loading", "masterdown",
        "clusterdown", "misconf", "readonly", "tryagain", "leader", "shutting down", "shutdown", "in-use", "sys/", "disk",
    ];

    // Protocols whose other errors are about what was asked.
    private static readonly string[] s_asked = ["redis", "resp", "imap", "pop3", "mysql", "postgresql"];

    /// <summary>Tells the party; <see cref="Party.Unknown"/> where the words do not say.</summary>
    /// <param name="protocol">The protocol's name; null when unknown.</param>
    /// <param name="status">How the request ended, in its words.</param>
    public static Party Of(string? protocol, ReadOnlySpan<byte> status)
    {
        string text = Encoding.Latin1.GetString(status);
        string first = text.Split(' ')[0];
        if (protocol == "grpc" && int.TryParse(first, out int call)) return ServersIf(Array.IndexOf(s_serverCalls, call) >= 0);
        if (first.Length == 3 && int.TryParse(first, out int code)) return ServersIf(IsServers(protocol, code));
        foreach (string word in text.Split(' ', ',', ':', '(', ')', '#'))
            if (IsSqlState(word)) return ServersIf(Array.IndexOf(s_serverClasses, word[..2]) >= 0);
        foreach (string word in s_serverWords)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return Party.Server;
        return Array.IndexOf(s_asked, protocol) >= 0 ? Party.Client : Party.Unknown;
    }

    private static Party ServersIf(bool isServers) => isServers ? Party.Server : Party.Client;

    // HTTP's 5xx (RFC 9110 section 15.6), mail's and FTP's 4yz (RFC 5321 section 4.2.1), AMQP's 541 and what it says of resources.
    private static bool IsServers(string? protocol, int code) => protocol switch
    {
        "smtp" or "ftp" or "commands" => code is >= 400 and < 500,
        "amqp" => code is 311 or 320 or 506 or 541,
        _ => code >= 500,
    };

    private static bool IsSqlState(string word)
    {
        if (word.Length != 5) return false;
        bool hasDigit = false;
        foreach (char letter in word)
        {
            if (!char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter)) return false;
            hasDigit |= char.IsAsciiDigit(letter);
        }

        return hasDigit;
    }
}
