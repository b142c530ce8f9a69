using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace Trama.Captures.Text;

/// <summary>
/// Says a line of the packet list of tshark or Wireshark, as people paste it, in the words of tcpdump: <c>1 0.000 10.0.0.1 → 10.0.0.2 TCP
/// 74 40000 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460</c>. Its numbers count from each stream's start, and its windows are multiplied
/// already. A line that tells a message and no ports belongs to what its two hosts said last to each other.
/// </summary>
internal sealed class ListedLine
{
    private const int MaxWays = 1 << 16;
    private const int MaxWords = 96;

    // Streams start apart from each other, as real ones do.
    private const uint FirstOrigin = 1 << 28, BetweenOrigins = 0x01234567;

    // Ethernet, IPv4 or IPv6, and TCP without options: what a frame has beside its payload where no line of the stream tells.
    private const int UsualHeaders = 54, UsualHeaders6 = 74;

    // What Wireshark calls messages that TCP carries.
    private static readonly FrozenSet<string> s_overTcp = FrozenSet.Create(
        "HTTP", "HTTP2", "HTTP/XML", "HTTP/JSON", "WebSocket", "GRPC", "SSL", "SSLv2", "SSLv3", "TLS", "TLSv1", "TLSv1.0", "TLSv1.1",
        "TLSv1.2", "TLSv1.3", "SMTP", "SMTP/IMF", "POP", "IMAP", "FTP", "FTP-DATA", "SSH", "SSHv1", "SSHv2", "TELNET", "MySQL", "PGSQL",
        "TDS", "TNS", "RESP", "MONGO", "AMQP", "MQTT", "STOMP", "Kafka", "Modbus/TCP", "S7COMM", "COTP", "TPKT", "BGP", "LDAP", "SMB",
        "SMB2", "NBSS", "DCERPC", "RDP", "VNC", "RTSP", "IRC", "XMPP/XML", "BitTorrent", "Diameter", "OPENFLOW", "RSYNC", "NNTP", "Socks",
        "iSCSI", "JSON");

    private static readonly char[] s_between = [' ', '\t', ','];

    private readonly Dictionary<(string From, string FromPort, string To, string ToPort), Way> _ways = [];
    private readonly Dictionary<(string From, string To), Way> _latest = [];
    private readonly StringBuilder _told = new();
    private uint _origin = FirstOrigin;

    /// <summary>The line in tcpdump's words; itself when it is none of the list.</summary>
    public ReadOnlySpan<char> Told(ReadOnlySpan<char> line)
    {
        if (line.Length is < 16 or > TextLines.MaxLength / 4 || !line.ContainsAnyInRange('0', '9')) return line;
        string[] words = WordsOf(line);
        int to = -1, from = Array.FindIndex(words, IsAddress);
        if (from >= 0 && from + 2 < words.Length) to = words[from + 1] == ">" ? from + 2 : from + 1;
        if (to < 0 || !IsAddress(words[to]) || to + 2 >= words.Length) return line;
        int frame = int.TryParse(words[to + 2], NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : 0;
        string[] info = words[(to + (frame > 0 ? 3 : 2))..];
        int sequence = Array.FindIndex(info, word => word.StartsWith("Seq=", StringComparison.Ordinal));
        if (sequence > 3 && words[to + 1] is not "UDP") return TellSegment(words[from], words[to], info, sequence, frame) ? Line() : line;
        return frame > 0 && s_overTcp.Contains(words[to + 1]) && TellMessage(words[from], words[to], frame) ? Line() : line;
    }

    private string Line() => _told.ToString();

    private bool TellSegment(string from, string to, string[] info, int sequenceAt, int frame)
    {
        int flagsAt = Array.FindLastIndex(info, sequenceAt - 1, word => word[0] == '[');
        if (flagsAt < 3 || info[flagsAt - 2] != ">" || FlagsIn(info.AsSpan(flagsAt, sequenceAt - flagsAt)) is not { } flags) return false;
        (string fromPort, string toPort) = (PortIn(info[flagsAt - 3]), PortIn(info[flagsAt - 1]));
        if (_ways.Count >= MaxWays)
        {
            _ways.Clear();
            _latest.Clear();
        }

        Way own = Find(from, fromPort, to, toPort), other = Find(to, toPort, from, fromPort);
        bool isSyn = flags.Contains('S');
        string[] numbers = info[sequenceAt..];
        if (Number(numbers, "Seq=") is not { } sequence || Number(numbers, "Len=") is not { } length) return false;
        uint window = Number(numbers, "Win=") ?? 0;
        // Only SYNs offer a scale, and in them nothing is scaled yet (RFC 7323 section 2.2).
        if (isSyn) own.Shift = Number(numbers, "WS=") is { } factor and > 0 ? BitOperations.Log2(factor) : null;
        if (!isSyn && own.Shift is { } shift && other.Shift is not null) window >>= shift;
        own.Window = (int)Math.Min(window, ushort.MaxValue);
        own.Next = Math.Max(own.Next, sequence + length);
        if (!isSyn && frame > length) own.Headers = frame - (int)length;
        _latest[(from, to)] = own;
        Begin(own, flags);
        _told.Append(CultureInfo.InvariantCulture, $", seq {own.Origin + sequence}");
        if (Number(numbers, "Ack=") is { } acknowledged && flags.Contains('.'))
            _told.Append(CultureInfo.InvariantCulture, $", ack {other.Origin + acknowledged}");
        _told.Append(CultureInfo.InvariantCulture, $", win {own.Window}, options [{Options(numbers, own, other)}], length {length}");
        return true;
    }

    private bool TellMessage(string from, string to, int frame)
    {
        if (!_latest.TryGetValue((from, to), out Way? own) && _latest.TryGetValue((to, from), out Way? back))
            own = Find(from, back.ToPort, to, back.FromPort);
        if (own is null) return false;
        Way other = Find(to, own.ToPort, from, own.FromPort);
        int headers = own.Headers ?? other.Headers ?? (from.Contains(':', StringComparison.Ordinal) ? UsualHeaders6 : UsualHeaders);
        if (frame <= headers) return false;
        uint sequence = own.Next;
        own.Next += (uint)(frame - headers);
        _latest[(from, to)] = own;
        Begin(own, "P.");
        _told.Append(CultureInfo.InvariantCulture,
            $", seq {own.Origin + sequence}, ack {other.Origin + other.Next}, win {own.Window}, length {frame - headers}");
        return true;
    }

    private void Begin(Way way, string flags) => _told.Clear().Append("IP ").Append(way.From).Append('.').Append(way.FromPort).Append(" > ")
        .Append(way.To).Append('.').Append(way.ToPort).Append(": Flags [").Append(flags).Append(']');

    private static string Options(string[] numbers, Way own, Way other)
    {
        var options = new List<string>();
        if (Number(numbers, "MSS=") is { } size) options.Add(string.Create(CultureInfo.InvariantCulture, $"mss {size}"));
        if (own.Shift is { } shift && Number(numbers, "WS=") is not null)
            options.Add(string.Create(CultureInfo.InvariantCulture, $"wscale {shift}"));
        if (numbers.Any(word => word.StartsWith("SACK_PERM", StringComparison.Ordinal))) options.Add("sackOK");
        if (Number(numbers, "TSval=") is { } value && Number(numbers, "TSecr=") is { } echo)
            options.Add(string.Create(CultureInfo.InvariantCulture, $"TS val {value} ecr {echo}"));
        var blocks = new StringBuilder();
        for (int i = 0; i + 1 < numbers.Length; i++)
            if (Number(numbers.AsSpan(i, 1), "SLE=") is { } left && Number(numbers.AsSpan(i + 1, 1), "SRE=") is { } right)
                blocks.Append(CultureInfo.InvariantCulture, $"{{{other.Origin + left}:{other.Origin + right}}}");
        if (blocks.Length > 0) options.Add($"sack 1 {blocks}");
        return string.Join(',', options);
    }

    // "[SYN, ACK]"; what else stands there, as ECE's newer names, says nothing here.
    private static string? FlagsIn(ReadOnlySpan<string> words)
    {
        var flags = new StringBuilder();
        foreach (string word in words)
        {
            foreach (string name in word.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries))
                flags.Append(name switch
                {
                    "FIN" => "F",
                    "SYN" => "S",
                    "RST" => "R",
                    "PSH" => "P",
                    "ACK" => ".",
                    "URG" => "U",
                    "ECE" or "ECN" => "E",
                    "CWR" => "W",
                    _ => "",
                });
            if (word.EndsWith(']')) return flags.Length == 0 ? "none" : flags.ToString();
        }

        return null;
    }

    // "http(80)" and "80".
    private static string PortIn(string word) => word[(word.IndexOf('(', StringComparison.Ordinal) + 1)..].TrimEnd(')');

    private static uint? Number(ReadOnlySpan<string> words, string title)
    {
        foreach (string word in words)
            if (word.StartsWith(title, StringComparison.Ordinal)
                && uint.TryParse(word.AsSpan(title.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
                return number;
        return null;
    }

    private static bool IsAddress(string word) => (word.Contains("::", StringComparison.Ordinal) || word.Count(c => c == ':') == 7
        || word.Count(c => c == '.') == 3) && IPAddress.TryParse(word, out _);

    // The arrow comes in three forms, with spaces or without: as one character, whose three bytes are read as three, "->" and ">".
    private static string[] WordsOf(ReadOnlySpan<char> line) => line.ToString()
        .Replace("\u00e2\u0086\u0092", " > ", StringComparison.Ordinal).Replace("->", ">", StringComparison.Ordinal)
        .Replace(">", " > ", StringComparison.Ordinal).Split(s_between, MaxWords, StringSplitOptions.RemoveEmptyEntries);

    private Way Find(string from, string fromPort, string to, string toPort)
    {
        if (_ways.TryGetValue((from, fromPort, to, toPort), out Way? way)) return way;
        _ways.Add((from, fromPort, to, toPort), way = new Way(from, fromPort, to, toPort, _origin += BetweenOrigins));
        return way;
    }

    // What one side of a connection said so far; its numbers count from the origin.
    private sealed record Way(string From, string FromPort, string To, string ToPort, uint Origin)
    {
        public uint Next { get; set; } = 1;

        public int Window { get; set; }

        public int? Shift { get; set; }

        public int? Headers { get; set; }
    }
}
