using System.Buffers;
using System.Text;
using Trama.Captures;
using Trama.Dump;
using Trama.Dump.Protocols;
using Trama.Packets;

namespace Trama.Cli.Reporting;

/// <summary>What the first packets of a capture without TCP are, by the words with which tcpdump names them.</summary>
internal sealed class CaptureContents
{
    private const int PacketsLookedAt = 1000;

    private static readonly SearchValues<char> EndsOfName = SearchValues.Create(" ,:[(\n");

    private readonly Dictionary<string, int> _counts = [];
    private readonly LineWriter _text = new();
    private PacketPrinter? _printer;
    private int _packets;

    /// <summary>Looks at one packet.</summary>
    public void Note(in Record record)
    {
        if (++_packets > PacketsLookedAt) return;
        _printer ??= new PacketPrinter(
            new DumpOptions { NumericAddresses = true, NumericPorts = true, Time = TimeFormat.None, Quiet = true }, _text,
            ProtocolPrinters.Create());
        _text.Clear();
        _printer.Print(record, _packets);
        string name = NameIn(Encoding.UTF8.GetString(_text.Written)) ?? LinkTypeNames.NameOf(record.LinkType) ?? $"{(int)record.LinkType}";
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    /// <summary>The names with their counts, the most frequent first: <c>UDP 12, ARP 3</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(5)
            .Select(pair => $"{pair.Key} {pair.Value}"));

    // "IP 10.0.0.1.53 > 10.0.0.2.4000: UDP, length 30" is UDP; "ARP, Request who-has …" is ARP. A line that begins with
    // addresses or a number, or of a link type that is not decoded, names nothing.
    private static string? NameIn(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        string words = line.StartsWith("IP", StringComparison.Ordinal) && colon >= 0 ? line[(colon + 2)..] : line;
        int end = words.AsSpan().IndexOfAny(EndsOfName);
        return end > 0 && char.IsAsciiLetter(words[0]) ? words[..end] : null;
    }
}
