using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Trama.EndToEnd.Tests;

/// <summary>Calls of gRPC between Grpc.Net.Client and Grpc.AspNetCore, captured as they are made; tshark is the judge.</summary>
public class GrpcLiveTests
{
    [Fact]
    public async Task Calls_end_as_the_client_saw_them_end()
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await using WebApplication server = await ServeAsync();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        string capture = folder["grpc.pcap"];
        await using TramaProcess dump = TramaProcess.Start("dump", "-i", "lo", "-w", capture, $"tcp port {address.Port}");
        await dump.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
        using (GrpcChannel channel = GrpcChannel.ForAddress(address)) await CallAsync(channel.CreateCallInvoker());
        dump.Signal("INT");
        Assert.Equal(0, (await dump.EndAsync()).Code);

        string[] theirs = await Http2Judge.TsharkAsync(capture, null, address.Port);
        Assert.Equal(theirs, await Http2Judge.TramaAsync(capture, null));
        Assert.Equal(["Chat grpc 0", "Fail grpc 5", "Get grpc 0", "List grpc 0"], theirs.Select(line => line[(line.LastIndexOf('/') + 1)..])
            .Where(line => !line.StartsWith("Wait", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string lines = (await TramaProcess.RunAsync(["trace", capture])).Output;
        Assert.Contains("/shop.v1.Orders/Chat (2 messages)", lines, StringComparison.Ordinal);
        Assert.Contains("0 OK (5 messages)", lines, StringComparison.Ordinal);
        // Server and client both end it at the deadline: whoever is first says how.
        Assert.Matches("/shop.v1.Orders/Wait\t.*(4 DEADLINE_EXCEEDED|CANCEL|INTERNAL_ERROR|NO_ERROR)", lines);
    }

    private static async Task<WebApplication> ServeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            listen.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        WebApplication server = builder.Build();
        server.MapGrpcService<GrpcOrders>();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static async Task CallAsync(CallInvoker calls)
    {
        var options = new CallOptions(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], await calls.AsyncUnaryCall(GrpcOrders.Getting, null, options, [1, 2]));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () =>
            await calls.AsyncUnaryCall(GrpcOrders.Failing, null, options, [1]))).StatusCode);
        using AsyncServerStreamingCall<byte[]> list = calls.AsyncServerStreamingCall(GrpcOrders.Listing, null, options, [7]);
        while (await list.ResponseStream.MoveNext(TestContext.Current.CancellationToken)) Assert.Equal([7], list.ResponseStream.Current);
        using AsyncDuplexStreamingCall<byte[], byte[]> chat = calls.AsyncDuplexStreamingCall(GrpcOrders.Chatting, null, options);
        for (byte i = 0; i < 2; i++)
        {
            await chat.RequestStream.WriteAsync([i], TestContext.Current.CancellationToken);
            Assert.True(await chat.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        // The server never answers this one: the deadline ends it.
        CallOptions late = options.WithDeadline(DateTime.UtcNow.AddMilliseconds(300));
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(async () =>
            await calls.AsyncUnaryCall(GrpcOrders.Waiting, null, late, [1]))).StatusCode);
    }
}
