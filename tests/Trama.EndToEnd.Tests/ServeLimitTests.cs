namespace Trama.EndToEnd.Tests;

/// <summary>Replies that fail, and files and clients that want too much.</summary>
public class ServeLimitTests
{
    [Theory]
    [InlineData("serve --port 0 --reply-file /dev/zero", "larger than 64MiB")]
    [InlineData("load 127.0.0.1 9 --message @/dev/zero", "larger than 16MiB")]
    public async Task A_file_without_an_end_is_refused(string line, string reason) =>
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: /dev/zero: {reason}\n"), await TramaProcess.RunAsync(line.Split(' ')));

    [Theory]
    [InlineData("reply=sorry", 0, "Server reply: sorry\n")]
    [InlineData("close", 1, "")]
    public async Task A_command_that_fails_answers_as_asked(string onError, int code, string output)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--shell", "kill -9 $$", "--on-error", onError);
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hello"]);
        Assert.Equal((code, output), (client.Code, client.Output));
        Assert.Equal(code != 0, client.Errors.Contains("closed the connection", StringComparison.Ordinal));
        await server.ErrorAsync(line => line.Contains("signal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Datagrams_beyond_the_rate_get_no_answer()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--udp", "--echo", "--rate", "1/m");
        string[] send = ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "ping", "--udp", "--timeout", "1s"];
        Assert.Equal(new TramaProcess.Ended(0, "Server reply: ping\n", ""), await TramaProcess.RunAsync(send));
        Assert.Equal(1, (await TramaProcess.RunAsync(send)).Code);
    }
}
