using System.Security.Cryptography;

namespace Trama.EndToEnd.Tests;

/// <summary>Files through <c>serve --once --raw</c> and <c>send</c>, with the shell's redirections, as a person would.</summary>
public class FileTransferTests
{
    private const int Size = 20_000_000;

    [Theory]
    [InlineData("")]
    [InlineData("--tls")]
    public async Task A_file_arrives_whole_both_ways_at_once(string tls)
    {
        using var folder = new TemporaryFolder();
        byte[] up = RandomNumberGenerator.GetBytes(Size), down = RandomNumberGenerator.GetBytes(Size / 2);
        await File.WriteAllBytesAsync(folder["up"], up, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["down"], down, TestContext.Current.CancellationToken);
        await using TramaProcess server = Shell($"serve --once --raw --port 0 --bind 127.0.0.1 {tls} < {folder["down"]} > "
            + $"{folder["received"]}");
        string listening = await server.ErrorAsync(line => line.StartsWith("Server listening", StringComparison.Ordinal));
        string port = listening.Split(' ')[^1].TrimEnd('.');
        await using TramaProcess client = Shell($"send 127.0.0.1:{port} {(tls.Length > 0 ? "--tls --insecure" : "")} < {folder["up"]} > "
            + $"{folder["replied"]}");
        Assert.Equal(0, (await client.EndAsync()).Code);
        Assert.Equal(0, (await server.EndAsync()).Code);
        Assert.Equal(up, await File.ReadAllBytesAsync(folder["received"], TestContext.Current.CancellationToken));
        Assert.Equal(down, await File.ReadAllBytesAsync(folder["replied"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Receiving_ends_with_the_client_though_nothing_ends_the_input()
    {
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--raw", "--port", "0", "--bind", "127.0.0.1");
        string listening = await server.ErrorAsync(line => line.StartsWith("Server listening", StringComparison.Ordinal));
        Assert.Equal(0, (await TramaProcess.RunAsync(["send", $"127.0.0.1:{listening.Split(' ')[^1].TrimEnd('.')}"], "a line\n")).Code);
        Assert.Equal("a line", await server.LineAsync(_ => true));
        Assert.Equal(0, (await server.EndAsync()).Code);
    }

    [Fact]
    public async Task What_is_cut_short_is_a_failure()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--once", "--raw", "--port", "0", "--bind", "127.0.0.1");
        string listening = await server.ErrorAsync(line => line.StartsWith("Server listening", StringComparison.Ordinal));
        using (System.Net.Sockets.Socket client = await ServeTests.ConnectAsync(
            int.Parse(listening.Split(' ')[^1].TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture)))
        {
            client.Send("half\n"u8);
            await server.LineAsync(_ => true);
            client.Close(0);
        }

        Assert.Equal(1, (await server.EndAsync()).Code);
    }

    private static TramaProcess Shell(string line) => TramaProcess.Start("/bin/sh", ["-c", $"exec {TramaProcess.Binary} {line}"]);
}
