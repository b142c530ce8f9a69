using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What a client and a server of the library websockets say to each other, compressed or not, in one frame or several: told as
/// they said it. tshark is the judge of all messages of one frame; it does not inflate those of several.</summary>
public class WebSocketLiveTests
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import asyncio, sys, websockets
        from websockets.extensions import permessage_deflate as deflate
        port, kind = int(sys.argv[1]), sys.argv[2]
        forgets = dict(server_no_context_takeover=True, client_no_context_takeover=True) if kind == 'forgetting' else {}
        offers = None if kind == 'plain' else [deflate.ClientPerMessageDeflateFactory(**forgets)]
        accepts = None if kind == 'plain' else [deflate.ServerPerMessageDeflateFactory(**forgets)]
        async def serve(socket):
            async for said in socket:
                if said == 'many': await socket.send(['first part, ', 'second part, ', 'and the last'])
                elif said == 'long': await socket.send(''.join(f'line {i}\n' for i in range(4000)))
                else: await socket.send(said)
        async def main():
            async with websockets.serve(serve, '127.0.0.1', port, compression=None, extensions=accepts):
                uri = f'ws://127.0.0.1:{port}/talk'
                async with websockets.connect(uri, compression=None, extensions=offers) as socket:
                    for said in ['hello, hello, hello', 'hello, hello again', b'\x00\x01\x02' * 50, 'many', 'long', 'hello at last']:
                        await socket.send(said)
                        await socket.recv()
                    await socket.send(['in ', 'three ', 'pieces'])
                    await socket.recv()
                    await (await socket.ping(b'mark'))
        asyncio.run(main())
        """;

    // What is said in several frames.
    private static readonly string[] s_parted = ["client: in three pieces", "server: first part, second part, and the last"];

    private static readonly string s_binary = string.Concat(Enumerable.Repeat("000102", 50));

    private static readonly string[] s_said =
    [
        "client: hello, hello, hello", "server: hello, hello, hello", "client: hello, hello again", "server: hello, hello again",
        $"client: {s_binary}", $"server: {s_binary}", "client: many", s_parted[1], "client: long",
        "server: " + string.Concat(Enumerable.Range(0, 4000).Select(i => $"line {i}\n")), "client: hello at last", "server: hello at last",
        s_parted[0], "server: in three pieces",
    ];

    [Theory]
    [InlineData("plain")]
    [InlineData("takeover")]
    [InlineData("forgetting")]
    public async Task What_is_said_live_is_told(string kind)
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/websockets"),
            "websockets is not installed: sudo apt-get install python3-websockets");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(Python, ["-c", Script, $"{port}", kind]);
            Assert.True(ended.Code == 0, ended.Errors);
        });
        await AssertToldAsync(capture, kind != "plain");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("takeover")]
    [InlineData("forgetting")]
    public Task What_was_said_is_told(string kind) =>
        AssertToldAsync(TestData.Shared($"recorded/websocket/{kind}.pcap"), kind != "plain");

    private static async Task AssertToldAsync(string capture, bool isDeflated)
    {
        string json = (await TramaProcess.RunAsync(["trace", capture, "--json", "--full"])).Output;
        using JsonDocument traced = JsonDocument.Parse(json);
        var told = new List<string>();
        foreach (JsonElement exchange in traced.RootElement.GetProperty("connections")[0].GetProperty("exchanges").EnumerateArray())
        {
            if (ToldExchanges.Text(exchange, "operation") is not ("text" or "binary")) continue;
            string side = ToldExchanges.Text(exchange, "initiator");
            JsonElement message = exchange.TryGetProperty("request", out JsonElement request) ? request : exchange.GetProperty("reply");
            JsonElement body = message.GetProperty("body");
            told.Add($"{side}: {ToldExchanges.Text(body, "text")}{ToldExchanges.Text(body, "hex")}");
            Assert.Equal(isDeflated ? "permessage-deflate" : "", ToldExchanges.Text(body, "encoding"));
            Assert.Equal(isDeflated, body.TryGetProperty("decodedBytes", out _));
        }

        Assert.Equal(s_said, told);
        Assert.Equal(await TsharkAsync(capture), told.Where(line => !s_parted.Contains(line)));
        string[] followed = (await TramaProcess.RunAsync(["follow", capture, "--decode"])).Output.Split('\n');
        foreach (string line in (string[])["> hello, hello again", "< line 3999", "< first part, second part, and the last", "< pong"])
            Assert.Contains(followed, shown => shown.EndsWith(line, StringComparison.Ordinal));
        string raw = (await TramaProcess.RunAsync(["follow", capture, "--decode", "--raw", "--to-server"])).Output;
        Assert.EndsWith("manylonghello at lastin three pieces", raw.TrimEnd('\n'), StringComparison.Ordinal);
    }

    private static async Task<string[]> TsharkAsync(string capture)
    {
        string[] lines = await ProtocolTrace.TsharkAsync(
            capture, "websocket.fin == 1 && (websocket.opcode == 1 || websocket.opcode == 2)", port: null, "websocket.mask",
            "websocket.payload.text", "data.data");
        return
        [
            .. lines.Select(line => line.Split('\t')).Select(fields =>
                $"{(fields[0] == "1" ? "client" : "server")}: {fields[1].Replace("\\n", "\n", StringComparison.Ordinal)}{fields[2]}"),
        ];
    }
}
