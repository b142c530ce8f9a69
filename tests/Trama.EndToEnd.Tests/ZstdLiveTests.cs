using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>Bodies that the reference encoder of zstd made, as a server sends them to curl.</summary>
public class ZstdLiveTests
{
    private const string Script = """
        import http.server, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_GET(self):
                body = open(sys.argv[2] + self.path, 'rb').read()
                self.send_response(200)
                self.send_header('Content-Type', 'text/plain')
                self.send_header('Content-Encoding', 'zstd')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        server = http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler)
        print('ready', flush=True)
        server.serve_forever()
        """;

    [Theory]
    [InlineData("-1", 400_000)]
    [InlineData("-19", 400_000)]
    [InlineData("--ultra -22 --long=23", 3_000_000)]
    [InlineData("--no-check --stream-size=90", 90)]
    [InlineData("-3", 0)]
    public async Task What_zstd_compressed_is_read(string options, int size)
    {
        string zstd = TestData.Program("zstd"), python = TestData.Program("python3"), curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        // Text that repeats from afar, and does not only.
        string text = string.Concat(Enumerable.Range(0, size / 10).Select(i => $"{i * 7919L % 99_991,9}\n"));
        await File.WriteAllTextAsync(folder["said"], text, TestContext.Current.CancellationToken);
        Assert.Equal(
            0, (await TramaProcess.RunAsync(zstd, ["-q", .. options.Split(' '), folder["said"], "-o", folder["said.zst"]])).Code);
        await using TramaProcess server = TramaProcess.Start(python, ["-c", Script, $"{port}", folder["."]]);
        await server.LineAsync(line => line == "ready");
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
            Assert.Equal(0, (await TramaProcess.RunAsync(curl, ["-s", "-o", folder["got"], $"http://127.0.0.1:{port}/said.zst"])).Code));
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json", "--full"])).Output);
        JsonElement body = traced.RootElement.GetProperty("connections")[0].GetProperty("exchanges")[0].GetProperty("reply")
            .GetProperty("body");
        Assert.Equal(
            ("zstd", new FileInfo(folder["said.zst"]).Length, (long)text.Length, text),
            (ToldExchanges.Text(body, "encoding"), body.GetProperty("bytes").GetInt64(), body.GetProperty("decodedBytes").GetInt64(),
                ToldExchanges.Text(body, "text")));
        string followed = (await TramaProcess.RunAsync(["follow", capture, "--decode", "--raw", "--to-client"])).Output;
        Assert.EndsWith(text, followed, StringComparison.Ordinal);
    }
}
