using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama history --hub --ask-sensors</c>: rows that sensors keep to themselves.</summary>
public sealed class AskSensorsTests : IDisposable
{
    private const int Asked = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_sensor_did_not_send_comes_when_it_is_asked_for_and_each_exchange_once()
    {
        TestData.Program("nats-server");
        await Captures.RequireLiveAsync();
        Assert.SkipWhen(TramaProcess.Binary.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal),
            "beside the tests its libraries are those of ASP.NET; TRAMA_BINARY names one that is whole");
        string program = Path.Combine(Path.GetDirectoryName(TramaProcess.Binary)!, "trama-hub");
        Assert.SkipUnless(File.Exists(program), $"{program} is not there: eng/publish makes it");
        Assert.SkipUnless((await RunAsync("sql", "--setup")).Code == 0, "DuckDB cannot be installed");
        string broker = $"127.0.0.1:{FreePorts.Next()}";
        await File.WriteAllTextAsync(_folder["fleet.key"], new string('k', 40), TestContext.Current.CancellationToken);
        await using TramaProcess hub = TramaProcess.Start(program, ["--store", _folder["hub"], "--embedded", broker, "--lang", "en"]);
        await hub.ErrorAsync(line => line.Contains("ready", StringComparison.Ordinal));
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
        int port = await ServeTests.PortAsync(server);
        await using TramaProcess watch = TramaProcess.Start("env", [.. Environment(), TramaProcess.Binary, "watch", "-i", "lo", "--store",
            _folder["sensor"], "--to", $"nats://{broker}", "--key", _folder["fleet.key"], "--sensor", "here", "--slow", "1h", "--sample",
            "1000000", $"port {port}"]);
        await watch.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
        using (Socket client = await ServeTests.ConnectAsync(port))
        {
            byte[] reply = new byte[64];
            for (int i = 0; i < Asked; i++)
            {
                await client.SendAsync("hello"u8.ToArray());
                await client.ReceiveAsync(reply);
            }
        }

        // The first one is the sample.
        await UntilAsync(async () => await CountAsync() == 1);
        await UntilAsync(async () => await CountAsync("--ask-sensors") == Asked);
        Assert.Equal(2, await CountAsync("--ask-sensors", "--limit", "2"));
        Assert.Equal(0, await CountAsync("--ask-sensors", "--where", "server>1h"));
        TramaProcess.Ended lines = await HistoryAsync("--ask-sensors");
        Assert.Equal(Asked, lines.Output.Split('\n').Count(line => line.Contains(" here: ", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder["hub"], "questions")));

        watch.Signal("TERM");
        await watch.EndAsync();
        TramaProcess.Ended gone = await HistoryAsync("--ask-sensors", "--csv");
        Assert.Equal((0, "trama: here did not answer\n"), (gone.Code, gone.Errors));
        hub.Signal("TERM");
        await hub.EndAsync();
        TramaProcess.Ended none = await HistoryAsync("--ask-sensors");
        Assert.Equal((1, $"trama: no hub takes questions at {_folder["hub"]}: is trama hub running with this store?\n"),
            (none.Code, none.Errors));
    }

    [Fact]
    public async Task Without_a_hub_there_is_nobody_to_ask()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["history", "--ask-sensors"]);
        Assert.Equal(2, ended.Code);
        Assert.Contains("--ask-sensors needs --hub", ended.Errors, StringComparison.Ordinal);
    }

    private async Task<int> CountAsync(params string[] more)
    {
        TramaProcess.Ended ended = await HistoryAsync(["--csv", .. more]);
        Assert.True(ended.Code == 0, ended.Errors);
        return ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
    }

    private Task<TramaProcess.Ended> HistoryAsync(params string[] more) => RunAsync(["history", "-1h", "--hub", _folder["hub"], .. more]);

    private Task<TramaProcess.Ended> RunAsync(params string[] args) =>
        TramaProcess.RunAsync("env", [.. Environment(), TramaProcess.Binary, .. args]);

    private string[] Environment()
    {
        string packages = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return [$"NUGET_PACKAGES={packages}", $"XDG_DATA_HOME={_folder["data"]}"];
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition()) await Task.Delay(100, deadline.Token);
    }
}
