using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

public sealed class UnixSocketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SocketPath => _folder["s"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Server_and_client_meet_at_a_socket_that_the_server_removes()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--unix", SocketPath, "--once", "--shell", "echo $TRAMA_CLIENT; cat",
            "--stats");
        await server.LineAsync(line => line == $"Server listening at {SocketPath}...");
        Assert.Equal(
            new TramaProcess.Ended(0, $"{SocketPath}\nhello\n", ""),
            await TramaProcess.RunAsync(["send", "--unix", SocketPath, "hello", "--raw", "--stats"]));
        TramaProcess.Ended ended = await server.EndAsync();
        Assert.Equal($"Server listening at {SocketPath}...\nConnected by {SocketPath}\nMessage received: hello\n", ended.Output);
        Assert.Equal($"trama: whoever may write to {SocketPath} can have the command run\n", ended.Errors);
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_at_is_replaced()
    {
        using (var deserted = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            deserted.Bind(new UnixDomainSocketEndPoint(SocketPath));
            await using TramaProcess server = TramaProcess.Start("serve", "--unix", SocketPath, "--echo", "--json");
            await server.LineAsync(line => line.EndsWith($"\"path\":\"{SocketPath}\"}}", StringComparison.Ordinal));
            Assert.Equal("from a pipe\n", (await TramaProcess.RunAsync(["send", "--unix", SocketPath, "--raw"], "from a pipe")).Output);
        }
    }

    [Fact]
    public async Task A_socket_of_another_server_and_a_file_are_left_alone()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--unix", SocketPath, "--echo");
        await server.LineAsync(line => line.StartsWith("Server listening", StringComparison.Ordinal));
        await FailsAsync("serve", SocketPath, $"{SocketPath}: another program listens there (--unix)");
        Assert.Equal("still here\n", (await TramaProcess.RunAsync(["send", "--unix", SocketPath, "--raw", "still here"])).Output);

        await File.WriteAllTextAsync(_folder["file"], "precious", TestContext.Current.CancellationToken);
        await FailsAsync("serve", _folder["file"], $"{_folder["file"]}: exists and is not a socket (--unix)");
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["file"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_one_line()
    {
        await FailsAsync("serve", _folder["no/s"], $"{_folder["no/s"]}: no such directory (--unix)");
        await FailsAsync("send", SocketPath, $"cannot connect to {SocketPath}: no such socket");
        using var deserted = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        deserted.Bind(new UnixDomainSocketEndPoint(SocketPath));
        await FailsAsync("send", SocketPath, $"cannot connect to {SocketPath}: nobody listens there");
    }

    [Theory]
    [InlineData("serve --unix s --port 5", "--unix and --port exclude each other")]
    [InlineData("serve --unix s --allow ::1", "--unix and --allow exclude each other")]
    [InlineData("send --unix s x 5000", "--unix stands for HOST and PORT")]
    [InlineData("send --unix s x -4", "--unix and -4 exclude each other")]
    [InlineData("send --lang pt", "falta HOST")]
    [InlineData("send localhost --lang pt", "falta PORTA")]
    public async Task What_does_not_go_together_is_told(string line, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(line.Split(' '));
        Assert.Equal((2, $"trama: {told} (trama {line.Split(' ')[0]} --help)\n"), (ended.Code, ended.Errors));
    }

    private static async Task FailsAsync(string command, string path, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            command == "send" ? [command, "--unix", path, "x"] : [command, "--unix", path]);
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {told}\n"), ended);
    }
}
