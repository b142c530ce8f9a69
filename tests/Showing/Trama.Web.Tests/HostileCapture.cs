using System.Text;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Web.Tests;

/// <summary>A capture whose requests, replies and name would do something if a page took them for markup.</summary>
internal static class HostileCapture
{
    /// <summary>What is said in it; each would set <c>window.hurt</c>.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "<script>window.hurt=1</script>", "<img src=x onerror=\"window.hurt=1\">", "</script><script>window.hurt=1</script>",
        "<!--<script>window.hurt=1", "\"><svg onload=window.hurt=1>", "javascript:window.hurt=1", "{{constructor.constructor('window.hurt=1')()}}",
        "' onmouseover='window.hurt=1", "\u2028window.hurt=1", "<iframe srcdoc=\"<script>parent.hurt=1</script>\">", "<base href=//evil.example>",
        "<style>@import url(//evil.example)</style>", "\u202e\u001b]0;hurt\u0007",
    ];

    /// <summary>Writes it into a folder.</summary>
    public static string Write(string folder)
    {
        string path = Path.Combine(folder, "<img src=x onerror=window.hurt=1> $(hurt).pcap");
        using var writer = new PcapWriter(path, LinkType.Raw);
        SyntheticConversation talk = new SyntheticCapture((in Packets.Record record) => writer.Write(record)).Begin(
            new Endpoint(IpAddress.FromIpv4(0x0a000001), 40_000), new Endpoint(IpAddress.FromIpv4(0x0a000002), 80));
        long now = 1_700_000_000_000_000_000;
        Timestamp Next() => new(now += 1_000_000);
        talk.Ask(Next());
        talk.Accept(Next(), Next());
        foreach (string word in Words)
        {
            byte[] body = Encoding.UTF8.GetBytes(word);
            string line = word.ReplaceLineEndings(" ").Replace(' ', '+');
            talk.Say(true, Encoding.UTF8.GetBytes($"GET /{line} HTTP/1.1\r\nHost: {line}\r\nX: {word}\r\n\r\n"), Next());
            talk.Say(false, [.. Encoding.UTF8.GetBytes($"HTTP/1.1 500 {word}\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\n\r\n"),
                .. body], Next());
        }

        talk.Reset(false, Next());
        return path;
    }

    /// <summary>Writes a capture of a connection whose every segment of data comes a second time, half a second later.</summary>
    public static string WriteSentAgain(string folder, int segments)
    {
        string path = Path.Combine(folder, "again.pcap");
        long now = 1_700_000_000_000_000_000;
        using var writer = new PcapWriter(path, LinkType.Raw);
        SyntheticConversation talk = new SyntheticCapture((in Packets.Record record) =>
        {
            writer.Write(record);
            var later = new Timestamp(now += 500_000_000);
            writer.Write(new Packets.Record(later, LinkType.Raw, record.Bytes, record.OriginalLength));
        }).Begin(new Endpoint(IpAddress.FromIpv4(0x0a000001), 40_000), new Endpoint(IpAddress.FromIpv4(0x0a000002), 5000));
        Timestamp Next() => new(now += 1_000_000);
        talk.Ask(Next());
        talk.Accept(Next(), Next());
        for (int i = 0; i < segments; i++) talk.Say(true, "data"u8, Next());
        return path;
    }
}
