namespace Trama.EndToEnd.Tests;

/// <summary>FTP from a capture: files and lists go over connections of their own, at other places than they did.</summary>
public class FtpReplayTests
{
    // Who is not told a port for data takes whichever mode curl prefers: EPSV, or EPRT.
    [Theory]
    [InlineData("")]
    [InlineData("--disable-epsv")]
    [InlineData("-P 127.0.0.1:PORT")]
    [InlineData("-P 127.0.0.1:PORT --disable-eprt")]
    public async Task Curl_has_the_same_files_and_lists_and_gives_its_own(string mode)
    {
        string curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next(), data = FreePorts.Next();
        await File.WriteAllTextAsync(folder["given"], "given\n", TestContext.Current.CancellationToken);
        string[] at = Words(mode.Replace("PORT", $"{data}", StringComparison.Ordinal));
        (string Name, string[] Arguments)[] things =
        [
            ("a.txt", []), ("large", []), ("empty", []), ("none", []), ("", ["-l"]), ("", []), ("taken", ["-T", folder["given"]]),
        ];
        List<TramaProcess.Ended> real = [];
        string capture;
        await using (TramaProcess server = await StartAsync())
        {
            capture = await LiveCapture.OfAsync(folder, $"tcp port {port} or tcp port {data}", async () =>
            {
                foreach ((string name, string[] arguments) in things) real.Add(await SayAsync(at, name, arguments));
            });
        }

        Assert.Equal([0, 0, 0, 78, 0, 0, 0], real.Select(ended => ended.Code));
        Assert.Equal(300_000, real[1].Output.Length);
        await using (TramaProcess replay = await ServeAsync(capture, port))
        {
            // The port of last time may not be free again yet.
            string[] anywhere = Words(mode.Replace(":PORT", "", StringComparison.Ordinal));
            for (int i = 0; i < things.Length; i++) Assert.Equal(real[i], await SayAsync(anywhere, things[i].Name, things[i].Arguments));
            // In another order, over one connection, in the other mode.
            TramaProcess.Ended other = await TramaProcess.RunAsync(curl,
                [.. s_user, .. at.Length > 0 && at[0] == "-P" ? Array.Empty<string>() : ["-P", "127.0.0.1"], Url("large"), Url("a.txt")]);
            Assert.Equal((0, real[1].Output + real[0].Output), (other.Code, other.Output));
        }

        await using TramaProcess fresh = await StartAsync();
        TramaProcess.Ended sent = await TramaProcess.RunAsync(
            ["send", $"127.0.0.1:{port}", "--replay", capture, "--pace", "fast", "--fail-on", "outcome"]);
        Assert.True(sent.Code == 0, sent.Output + sent.Errors);
        Assert.DoesNotContain(sent.Output.Split('\n'), line => line.Contains("RETR", StringComparison.Ordinal)
            && line.Contains("other content", StringComparison.Ordinal));
        Assert.Equal("given\n", await File.ReadAllTextAsync(Path.Combine(folder["files"], "taken"), TestContext.Current.CancellationToken));

        async Task<TramaProcess> StartAsync()
        {
            TramaProcess server = await MailServer.FtpAsync(folder, port, data);
            await File.WriteAllTextAsync(Path.Combine(folder["files"], "large"), new string('x', 299_999) + "\n");
            await File.WriteAllTextAsync(Path.Combine(folder["files"], "empty"), "");
            File.Delete(Path.Combine(folder["files"], "taken"));
            return server;
        }

        Task<TramaProcess.Ended> SayAsync(string[] at, string name, string[] arguments) =>
            TramaProcess.RunAsync(curl, [.. s_user, .. at, .. arguments, Url(name)]);

        string Url(string name) => $"ftp://127.0.0.1:{port}/{name}";
    }

    private static string[] Words(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] s_user = ["-s", "--max-time", "20", "-u", $"ana:{MailServer.Password}"];

    private static async Task<TramaProcess> ServeAsync(string capture, int port)
    {
        var replay = TramaProcess.Start(
            ["serve", "--replay", capture, "--pace", "fast", "--bind", "127.0.0.1", "--port", $"{port}"]);
        await replay.LineAsync(line => line.Contains($"{port}", StringComparison.Ordinal));
        return replay;
    }
}
