using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.EndToEnd.Tests;

/// <summary>Makes captures of one request and its reply.</summary>
internal static class TalkCapture
{
    /// <summary>Writes one.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="server">The server.</param>
    /// <param name="request">What it was asked.</param>
    /// <param name="reply">What it replied.</param>
    /// <returns>The path of the capture.</returns>
    public static string Write(string folder, Endpoint server, ReadOnlySpan<byte> request, ReadOnlySpan<byte> reply)
    {
        string path = Path.Combine(folder, $"{Guid.NewGuid():N}.pcap");
        using var file = new PcapWriter(path, LinkType.Raw);
        SyntheticConversation talk = new SyntheticCapture((in Packets.Record record) => file.Write(record)).Begin(
            new Endpoint(IpAddress.FromIpv4(0x0a000001), 40000), server);
        var at = new Timestamp(1_000_000_000);
        talk.Ask(at);
        talk.Accept(at, at);
        talk.Say(byClient: true, request, at);
        talk.Say(byClient: false, reply, at);
        talk.Finish(byClient: true, at);
        talk.Finish(byClient: false, at);
        return path;
    }
}
