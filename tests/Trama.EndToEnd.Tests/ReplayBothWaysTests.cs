using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// Protocols in which both sides speak when they like, or several times within one exchange: a real client hears the same from the capture
/// of its server, in another order and over other connections, too, and the captured client has the same outcomes from a fresh server.
/// </summary>
public class ReplayBothWaysTests
{
    [Fact]
    public async Task Mqtt()
    {
        string mosquitto = TestData.Program("mosquitto");
        string publish = TestData.Program("mosquitto_pub"), subscribe = TestData.Program("mosquitto_sub");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(folder["mosquitto.conf"], $"listener {port} 127.0.0.1\nallow_anonymous true\n",
            TestContext.Current.CancellationToken);
        await ReplayTrial.AssertAsync(folder, port, StartAsync, SayAsync, ["mqttv311 0", "mqttv5 1", "mqttv311 2", "mqttv5 2"],
            // Whoever listens has to be there before somebody speaks.
            sent: ["--pace", "recorded"]);

        async Task<TramaProcess> StartAsync()
        {
            TramaProcess server = TramaProcess.Start(mosquitto, ["-c", folder["mosquitto.conf"]]);
            await LiveCapture.AcceptsAsync(port);
            return server;
        }

        // Each connection has a name of its own, that client or server makes up.
        async Task<string> SayAsync(string how)
        {
            string[] words = how.Split(' '), common = ["-h", "127.0.0.1", "-p", $"{port}", "-V", words[0], "-q", words[1]];
            string topic = $"home/{words[0]}/{words[1]}";
            // Into a pipe it would write at its end alone.
            await using TramaProcess subscriber = TramaProcess.Start(
                "/usr/bin/stdbuf", ["-oL", subscribe, .. common, "-t", topic, "-C", "1", "-W", "20", "-v", "-d"]);
            await subscriber.LineAsync(line => line.StartsWith("Subscribed", StringComparison.Ordinal));
            TramaProcess.Ended said = await TramaProcess.RunAsync(publish, [.. common, "-t", topic, "-m", $"value of {how}"]);
            TramaProcess.Ended heard = await subscriber.EndAsync();
            string? told = heard.Output.Split('\n').SingleOrDefault(line => line.StartsWith(topic, StringComparison.Ordinal));
            Assert.True(told is not null, $"{said} {heard}");
            return $"{said.Code} {heard.Code} {told}";
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("forgetting")]
    public async Task WebSocket(string kind)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/websockets"),
            "websockets is not installed: sudo apt-get install python3-websockets");
        await Captures.RequireLiveAsync();
        const string deflate = """
            import asyncio, sys, websockets
            from websockets.extensions import permessage_deflate as deflate
            port, kind = int(sys.argv[1]), sys.argv[2]
            forgets = dict(server_no_context_takeover=True, client_no_context_takeover=True)
            offers = None if kind == 'plain' else [deflate.ClientPerMessageDeflateFactory(**forgets)]
            accepts = None if kind == 'plain' else [deflate.ServerPerMessageDeflateFactory(**forgets)]

            """;
        const string server = deflate + """
            async def serve(socket):
                async for said in socket:
                    if said == 'many': await socket.send(['first part, ', 'second part, ', 'and the last'])
                    elif said == 'long': await socket.send(''.join(f'line {i}\n' for i in range(4000)))
                    elif said == 'bytes': await socket.send(bytes(range(256)))
                    elif said == 'away': await socket.close(4001, 'go away')
                    else: await socket.send(said + ' to you')
            async def main():
                async with websockets.serve(serve, '127.0.0.1', port, compression=None, extensions=accepts): await asyncio.Future()
            asyncio.run(main())
            """;
        const string client = deflate + """
            async def main():
                async with websockets.connect(f'ws://127.0.0.1:{port}/talk', compression=None, extensions=offers) as socket:
                    for said in sys.argv[3].split('|'):
                        await socket.send(said)
                        try: print(repr(await socket.recv()))
                        except websockets.ConnectionClosed as over: print(over.rcvd)
            asyncio.run(main())
            """;
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await ReplayTrial.AssertAsync(folder, port, StartAsync, SayAsync,
            ["away", "hello", "hello again", "many", "long", "bytes"], async things =>
            [.. (await SayAsync(string.Join('|', things))).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n")]);

        async Task<TramaProcess> StartAsync()
        {
            TramaProcess process = TramaProcess.Start(python, ["-c", server, $"{port}", kind]);
            await LiveCapture.AcceptsAsync(port);
            return process;
        }

        async Task<string> SayAsync(string said)
        {
            TramaProcess.Ended talked = await TramaProcess.RunAsync(python, ["-c", client, $"{port}", kind, said]);
            Assert.True(talked.Code == 0, talked.Errors);
            return talked.Output;
        }
    }

    [Fact]
    public async Task Grpc()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await ReplayTrial.AssertAsync(folder, port, () => ServeAsync(port),
            async call => (await CallAsync(port, [call]))[0], ["get 1", "get 2", "fail", "list 7", "list 8", "chat 2", "chat 3"],
            calls => CallAsync(port, calls));
    }

    [Theory]
    [InlineData("--http1.1")]
    [InlineData("--http2")]
    public async Task Pages_over_Tls(string version)
    {
        string nginx = TestData.Program("nginx"), curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await Certificate.MakeAsync(folder);
        await File.WriteAllTextAsync(
            folder["nginx.conf"],
            $$"""
            daemon off; master_process off; pid {{folder["pid"]}}; error_log {{folder["error.log"]}};
            events { }
            http {
                access_log off; client_body_temp_path {{folder["body"]}}; proxy_temp_path {{folder["proxy"]}};
                fastcgi_temp_path {{folder["fastcgi"]}}; uwsgi_temp_path {{folder["uwsgi"]}}; scgi_temp_path {{folder["scgi"]}};
                server {
                    listen 127.0.0.1:{{port}} ssl http2;
                    ssl_certificate {{folder["cert.pem"]}}; ssl_certificate_key {{folder["key.pem"]}};
                    location /one { return 200 "one\n"; }
                    location /two { return 200 "two\n"; }
                    location /gone { return 410; }
                }
            }
            """,
            TestContext.Current.CancellationToken);
        string[] keys = ["--keys", folder["keys.txt"]];
        string alpn = version == "--http2" ? "h2" : "http/1.1";
        await ReplayTrial.AssertAsync(folder, port, StartAsync, async path => (await SayAsync([path]))[0], ["one", "two", "gone"], SayAsync,
            [.. keys, "--tls", "--alpn", alpn], ["--pace", "fast", .. keys, "--tls", "--insecure", "--alpn", alpn]);

        async Task<TramaProcess> StartAsync()
        {
            TramaProcess server = TramaProcess.Start(nginx, ["-c", folder["nginx.conf"], "-e", folder["error.log"]]);
            await LiveCapture.AcceptsAsync(port);
            return server;
        }

        async Task<string[]> SayAsync(string[] paths)
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync("/usr/bin/env",
            [
                $"SSLKEYLOGFILE={folder["keys.txt"]}", curl, "-sk", version, "--max-time", "20", "-w", "%{http_code} %{http_version}|",
                .. paths.Select(path => $"https://localhost:{port}/{path}"), "--resolve", $"localhost:{port}:127.0.0.1",
            ]);
            Assert.True(ended.Code == 0, ended.ToString());
            return ended.Output.TrimEnd('|', '\n').Split('|');
        }
    }

    private static async Task<WebApplication> ServeAsync(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
            listen.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        WebApplication server = builder.Build();
        server.MapGrpcService<GrpcOrders>();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    // Over one connection, all at a time.
    private static async Task<string[]> CallAsync(int port, string[] calls)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        CallInvoker invoker = channel.CreateCallInvoker();
        return await Task.WhenAll(calls.Select(call => CallAsync(invoker, call.Split(' '))));
    }

    private static async Task<string> CallAsync(CallInvoker invoker, string[] words)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        var options = new CallOptions(deadline: DateTime.UtcNow.AddSeconds(20), cancellationToken: stop);
        byte[] given = [byte.Parse(words.ElementAtOrDefault(1) ?? "0")];
        var heard = new List<string>();
        try
        {
            if (words[0] is "get" or "fail")
            {
                Method<byte[], byte[]> method = words[0] == "get" ? GrpcOrders.Getting : GrpcOrders.Failing;
                heard.Add(Convert.ToHexString(await invoker.AsyncUnaryCall(method, null, options, given)));
            }
            else if (words[0] == "list")
            {
                using AsyncServerStreamingCall<byte[]> list = invoker.AsyncServerStreamingCall(GrpcOrders.Listing, null, options, given);
                while (await list.ResponseStream.MoveNext(stop)) heard.Add(Convert.ToHexString(list.ResponseStream.Current));
            }
            else
            {
                using AsyncDuplexStreamingCall<byte[], byte[]> chat = invoker.AsyncDuplexStreamingCall(GrpcOrders.Chatting, null, options);
                for (byte i = 0; i < given[0]; i++) await chat.RequestStream.WriteAsync([i, given[0]], stop);
                await chat.RequestStream.CompleteAsync();
                while (await chat.ResponseStream.MoveNext(stop)) heard.Add(Convert.ToHexString(chat.ResponseStream.Current));
            }
        }
        catch (RpcException error)
        {
            heard.Add($"{error.StatusCode} {error.Status.Detail}");
        }

        return string.Join(' ', heard);
    }
}
