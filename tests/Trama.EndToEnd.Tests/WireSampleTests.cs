using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;
using Trama.Testing;

namespace Trama.EndToEnd.Tests;

/// <summary>How Trama.Testing is used with the clients that .NET programs have; docs/testing.md shows these.</summary>
public class WireSampleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HttpClient_uses_one_connection_for_all_requests()
    {
        await using WebApplication server = Build(HttpProtocols.Http1);
        server.MapGet("/users", () => "[]");
        server.MapGet("/users/{id}", (int id) => $"{{\"id\":{id}}}");
        await server.StartAsync(Stop);
        await using Wire wire = await Wire.CaptureAsync(new Uri(server.Urls.Single()).Port, Seen());

        using var client = new HttpClient { BaseAddress = new Uri($"http://{wire.Address}") };
        await client.GetStringAsync("/users", Stop);
        await client.GetStringAsync("/users/7", Stop);

        wire.Should().HaveConnections(1).And.HaveOperations("GET /users", "GET /users/7").And.HaveRoundTrips(3)
            .And.ReplyWithin(TimeSpan.FromSeconds(30)).And.HaveNoFailures().And.HaveNoRetransmissions();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("/nobody", Stop)).StatusCode);
        wire.Should().HaveOperations("GET /users", "GET /users/7", "GET /nobody");
    }

    [Fact]
    public async Task HttpClients_without_a_pool_open_a_connection_each()
    {
        await using WebApplication server = Build(HttpProtocols.Http1);
        server.MapGet("/", () => "hello");
        await server.StartAsync(Stop);
        await using Wire wire = await Wire.CaptureAsync(new Uri(server.Urls.Single()).Port);
        for (int i = 0; i < 3; i++)
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://{wire.Address}") };
            await client.GetStringAsync("/", Stop);
        }

        var failure = Assert.Throws<WireAssertionException>(() => wire.Should().HaveConnections(1));
        Assert.StartsWith("expected 1 connections, and there are 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Npgsql_asks_what_it_should()
    {
        using var folder = new TemporaryFolder();
        await using PostgresqlServer server = await PostgresqlServer.StartAsync(folder);
        await using Wire wire = await Wire.CaptureAsync(server.Port);
        await using var source = NpgsqlDataSource.Create(
            $"Host={wire.Address.Address};Port={wire.Address.Port};Username=trama;Database=postgres;SSL Mode=Disable;" +
            "GSS Encryption Mode=Disable;No Reset On Close=true");
        await using (NpgsqlCommand warm = source.CreateCommand("SELECT 1")) await warm.ExecuteScalarAsync(Stop);
        wire.Should().HaveConnections(1);
        wire.Clear();

        for (int id = 1; id <= 2; id++)
        {
            await using NpgsqlCommand command = source.CreateCommand("SELECT $1 + 1");
            command.Parameters.Add(new() { Value = id });
            Assert.Equal(id + 1, await command.ExecuteScalarAsync(Stop));
        }

        // The pool's connection is used again: a request and a reply each.
        wire.Should().HaveConnections(1).And.HaveRoundTrips(2).And.HaveNoFailures();
        Assert.All(wire.Traffic.Exchanges, each =>
            Assert.Contains("SELECT $1 + 1", Encoding.UTF8.GetString(each.Operation.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task StackExchange_Redis_pipelines_what_is_not_awaited()
    {
        int port = FreePorts.Next();
        await using TramaProcess server = TramaProcess.Start(TestData.Program("redis-server"),
            ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", $"{port}"]);
        await server.LineAsync(line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
        await using Wire wire = await Wire.CaptureAsync(port);
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync($"{wire.Address},abortConnect=true");
        IDatabase database = redis.GetDatabase();
        await database.PingAsync();
        wire.Clear();

        await database.StringSetAsync("answer", 42);
        await Task.WhenAll(database.StringGetAsync("answer"), database.StringIncrementAsync("answer"));

        string[] asked = [.. wire.Traffic.Exchanges.Select(each => Encoding.UTF8.GetString(each.Operation.Span))];
        Assert.Contains("GET answer", asked);
        Assert.Contains(asked, operation => operation.StartsWith("INCR", StringComparison.Ordinal));
        wire.Should().HaveNoFailures().And.ReplyWithin(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_gRPC_channel_carries_all_calls()
    {
        await using WebApplication server = Build(HttpProtocols.Http2);
        server.MapGrpcService<GrpcOrders>();
        await server.StartAsync(Stop);
        await using Wire wire = await Wire.CaptureAsync(new Uri(server.Urls.Single()).Port);
        using var channel = GrpcChannel.ForAddress($"http://{wire.Address}");
        CallInvoker calls = channel.CreateCallInvoker();
        await calls.AsyncUnaryCall(GrpcOrders.Getting, null, new CallOptions(cancellationToken: Stop), [1]);
        await Assert.ThrowsAsync<RpcException>(
            async () => await calls.AsyncUnaryCall(GrpcOrders.Failing, null, new CallOptions(cancellationToken: Stop), [1]));

        // While the channel is open: what a server still says to one that is closed is answered with a reset.
        wire.Should().HaveConnections(1).And.HaveOperations("/shop.v1.Orders/Get", "/shop.v1.Orders/Fail");
        var failure = Assert.Throws<WireAssertionException>(() => wire.Should().HaveNoFailures());
        Assert.StartsWith("expected no failures, and /shop.v1.Orders/Fail got", failure.Message, StringComparison.Ordinal);
    }

    // Where capturing is not allowed, what only segments show skips the test.
    private static WireOptions Seen() => new() { Skip = Assert.Skip };

    private static WebApplication Build(HttpProtocols protocols)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        return builder.Build();
    }
}
