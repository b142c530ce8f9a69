using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What real proxies put before a conversation: haproxy's PROXY protocol and microsocks' SOCKS; HTTP of curl and nginx behind
/// it.</summary>
public class TunnelLiveTests
{
    [Theory]
    [InlineData("send-proxy")]
    [InlineData("send-proxy-v2")]
    public async Task What_haproxy_says_of_a_client_is_what_nginx_reads(string version)
    {
        string haproxy = TestData.Program("haproxy"), nginx = TestData.Program("nginx"), curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int front = FreePorts.Next(), back = FreePorts.Next();
        await using TramaProcess server = await ServeAsync(nginx, folder, $"127.0.0.1:{back} proxy_protocol",
            "$proxy_protocol_addr:$proxy_protocol_port > $proxy_protocol_server_addr:$proxy_protocol_server_port");
        await LiveCapture.AcceptsAsync(back);
        await File.WriteAllTextAsync(
            folder["haproxy.cfg"],
            $"""
            defaults
              mode tcp
              timeout connect 5s
              timeout client 5s
              timeout server 5s
            listen front
              bind 127.0.0.1:{front}
              server back 127.0.0.1:{back} {version}

            """,
            TestContext.Current.CancellationToken);
        await using TramaProcess proxy = TramaProcess.Start(haproxy, ["-db", "-f", folder["haproxy.cfg"]]);
        await LiveCapture.AcceptsAsync(front);
        string said = "";
        string capture = await LiveCapture.OfAsync(folder, back, async () =>
            said = (await TramaProcess.RunAsync(curl, ["-s", $"http://127.0.0.1:{front}/orders"])).Output.Trim());
        Assert.Contains($" > 127.0.0.1:{front}", said, StringComparison.Ordinal);
        // The test itself looked before whether haproxy accepts, which greeted nginx as well.
        (string[] layers, string[] told) = (await TracedAsync(capture)).Last();
        Assert.Equal(["proxy", "http1"], layers);
        Assert.Equal([$"proxy PROXY {said} -> ", "http1 GET /orders -> 200"], told);
    }

    [Theory]
    [InlineData("--socks5", "")]
    [InlineData("--socks5-hostname", "")]
    [InlineData("--socks5", "ana:hunter2@")]
    public async Task What_curl_asks_of_microsocks_is_granted_and_read_on(string option, string user)
    {
        string microsocks = TestData.Program("microsocks"), nginx = TestData.Program("nginx"), curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int front = FreePorts.Next(), back = FreePorts.Next();
        await using TramaProcess server = await ServeAsync(nginx, folder, $"127.0.0.1:{back}", "fine");
        await LiveCapture.AcceptsAsync(back);
        string[] secrets = user.Length == 0 ? [] : ["-u", "ana", "-P", "hunter2"];
        await using TramaProcess proxy = TramaProcess.Start(microsocks, ["-i", "127.0.0.1", "-p", $"{front}", .. secrets]);
        await LiveCapture.AcceptsAsync(front);
        string capture = await LiveCapture.OfAsync(folder, front, async () => Assert.Equal("fine", (await TramaProcess.RunAsync(
            curl, ["-s", option, $"{user}127.0.0.1:{front}", $"http://localhost:{back}/orders"])).Output.Trim()));
        (string[] layers, string[] told) = Assert.Single(await TracedAsync(capture));
        Assert.Equal(["socks", "http1"], layers);
        Assert.Equal("http1 GET /orders -> 200", told[^1]);
        string host = option == "--socks5" ? "127.0.0.1" : "localhost";
        Assert.Contains(told, line => line.Contains($"CONNECT {host}:{back}", StringComparison.Ordinal));
        string all = (await TramaProcess.RunAsync(["trace", capture])).Output;
        Assert.DoesNotContain("hunter2", all, StringComparison.Ordinal);
    }

    private static async Task<TramaProcess> ServeAsync(string nginx, TemporaryFolder folder, string listen, string says)
    {
        await File.WriteAllTextAsync(
            folder["nginx.conf"],
            $$"""
            daemon off; master_process off; pid {{folder["pid"]}}; error_log {{folder["error.log"]}};
            events { }
            http {
                access_log off; client_body_temp_path {{folder["body"]}}; proxy_temp_path {{folder["proxy"]}};
                fastcgi_temp_path {{folder["fastcgi"]}}; uwsgi_temp_path {{folder["uwsgi"]}}; scgi_temp_path {{folder["scgi"]}};
                server { listen {{listen}}; location / { return 200 "{{says}}\n"; } }
            }
            """,
            TestContext.Current.CancellationToken);
        return TramaProcess.Start(nginx, ["-c", folder["nginx.conf"], "-e", folder["error.log"]]);
    }

    private static async Task<List<(string[] Layers, string[] Told)>> TracedAsync(string capture)
    {
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json"])).Output);
        return
        [
            .. traced.RootElement.GetProperty("connections").EnumerateArray().Select(connection => (
                connection.TryGetProperty("layers", out JsonElement layers)
                    ? layers.EnumerateArray().Select(layer => layer.GetString()!).ToArray() : [],
                connection.GetProperty("exchanges").EnumerateArray()
                    .Select(exchange =>
                        $"{Text(exchange, "protocol")} {Text(exchange, "operation")} -> {Text(exchange, "status")}").ToArray())),
        ];
    }

    private static string Text(JsonElement exchange, string name) =>
        exchange.TryGetProperty(name, out JsonElement text) ? text.GetString()! : "";
}
