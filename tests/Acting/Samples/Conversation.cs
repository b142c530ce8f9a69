using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Replies;

namespace Trama.Testing.Samples;

/// <summary>A client and a server that exchange a line each, seen by a relay, which sees no segments.</summary>
internal static class Conversation
{
    /// <summary>Has it, and what was seen of it.</summary>
    /// <param name="skip">How the framework skips a test.</param>
    public static async Task<Wire> SeenAsync(Action<string> skip)
    {
        Wire wire = Wire.Server(
            new WireOptions { Framing = FramingRule.Lines, PreferRelay = true, Skip = skip }, new Rule { Reply = "yes" });
        using var client = new TcpClient();
        await client.ConnectAsync(wire.Address);
        await client.GetStream().WriteAsync("hello\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        await reader.ReadLineAsync();
        return wire;
    }
}
