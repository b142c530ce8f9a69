using System.Globalization;
using System.Text;
using System.Text.Json;
using Trama.Framing;

namespace Trama.EndToEnd.Tests;

/// <summary>Messages of WebSocket, with tshark as the judge: who says them, what kind they are, and what they say.</summary>
public class WebSocketTests
{
    private const int Shown = 40;

    // What a close without a code stands for (RFC 6455 section 7.1.5).
    private const string NoCode = "1005";

    [Theory]
    [InlineData("protocols/websocket-lab-plain.pcapng", 14)]
    [InlineData("captures/tcp/zeek-websocket-broker-websocket.pcap", 7)]
    [InlineData("captures/tcp/zeek-websocket-jupyter-websocket.pcap", 14)]
    [InlineData("captures/tcp/zeek-websocket-reply-ping-coalesced.pcap", 6)]
    public async Task Messages_are_those_that_tshark_finds(string name, int least)
    {
        string capture = TestData.Shared(name);
        string[] theirs = await TsharkAsync(capture);
        Assert.True(theirs.Length >= least, $"{theirs.Length} messages");
        Assert.Equal(theirs, await TramaAsync(capture));
    }

    private static async Task<string[]> TsharkAsync(string capture)
    {
        var told = new List<string>();
        foreach (ProtocolJudge.Unit frame in await ProtocolJudge.OfAsync(capture, "websocket"))
        {
            string kind = frame["websocket.opcode"] switch { "1" => "text", "2" => "binary", "8" => "close", "9" => "ping", _ => "pong" };
            string length = frame["websocket.payload_length_ext_64"] ?? frame["websocket.payload_length_ext_16"]
                ?? frame["websocket.payload_length"]!;
            bool isMasked = frame["websocket.mask"] == "1";
            long size = long.Parse(length, CultureInfo.InvariantCulture);
            long header = 2 + (size > ushort.MaxValue ? 8 : size > 125 ? 2 : 0) + (isMasked ? 4 : 0);
            string words = kind switch
            {
                "text" => frame["websocket.payload.text"] ?? "",
                "close" => frame["websocket.payload.close.status_code"] ?? NoCode,
                _ => "",
            };
            told.Add(Line(frame.Stream, isMasked, kind, size + header, words));
        }

        return [.. told.Order(StringComparer.Ordinal)];
    }

    private static async Task<string[]> TramaAsync(string capture)
    {
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json"])).Output);
        var told = new List<string>();
        foreach (JsonElement connection in traced.RootElement.GetProperty("connections").EnumerateArray())
        {
            foreach (JsonElement exchange in connection.GetProperty("exchanges").EnumerateArray()
                .Where(exchange => exchange.TryGetProperty("protocol", out JsonElement protocol) && protocol.GetString() == "websocket"))
            {
                bool asksClient = exchange.GetProperty("initiator").GetString() == "client";
                foreach ((string side, bool isClient) in (ReadOnlySpan<(string, bool)>)[("request", asksClient), ("reply", !asksClient)])
                {
                    if (!exchange.TryGetProperty(side, out JsonElement message)) continue;
                    string[] kind = message.GetProperty("kind").GetString()!.Split(' ', 2);
                    if (kind[0].All(char.IsAsciiDigit)) kind = ["close", string.Join(' ', kind)];
                    string words = kind.Length < 2 || kind[0] == "binary" ? "" : kind[1];
                    if (kind[0] == "close") words = words.Split(' ')[0];
                    told.Add(Line(connection.GetProperty("id").GetInt64() - 1, isClient, kind[0], message.GetProperty("bytes").GetInt64(),
                        words));
                }
            }
        }

        return [.. told.Order(StringComparer.Ordinal)];
    }

    // Who masks is the client. As much of a text is compared as is shown.
    private static string Line(long connection, bool isClient, string kind, long bytes, string words)
    {
        string visible = VisibleText.Of(Encoding.UTF8.GetBytes(words));
        return $"{connection} {(isClient ? ">" : "<")} {kind} {bytes} {visible[..Math.Min(Shown, visible.Length)]}".TrimEnd();
    }
}
