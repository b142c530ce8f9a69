using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama watch --to</c> at both ends of a connection, and a hub with a broker of its own, as people start them.</summary>
public sealed class FleetCommandTests
{
    [Fact]
    public async Task Two_sensors_and_a_hub_say_whose_a_loss_is()
    {
        TestData.Program("nats-server");
        Assert.SkipWhen(TramaProcess.Binary.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal),
            "beside the tests its libraries are those of ASP.NET; TRAMA_BINARY names one that is whole");
        string hubProgram = Path.Combine(Path.GetDirectoryName(TramaProcess.Binary)!, "trama-hub");
        Assert.SkipUnless(File.Exists(hubProgram), $"{hubProgram} is not there: eng/publish makes it");
        string faults = TestData.Shared("faults/packet-loss/single-1");
        string folder = Directory.CreateTempSubdirectory("trama-test-").FullName;
        try
        {
            string broker = $"127.0.0.1:{FreePorts.Next()}", key = Path.Combine(folder, "fleet.key"), store = Path.Combine(folder, "hub");
            await File.WriteAllTextAsync(key, new string('k', 40) + "\n", TestContext.Current.CancellationToken);
            await using TramaProcess hub = TramaProcess.Start(hubProgram, ["--store", store, "--embedded", broker, "--lang", "en"]);
            await hub.ErrorAsync(line => line.Contains("ready", StringComparison.Ordinal));
            Task<TramaProcess.Ended> Watch(string sensor, string file) => TramaProcess.RunAsync(["watch", "--store",
                Path.Combine(folder, sensor), "--to", $"nats://{broker}", "--key", key, "--sensor", sensor, Path.Combine(faults, file)]);
            TramaProcess.Ended[] watched = await Task.WhenAll(Watch("here", "client.pcap"), Watch("there", "server.pcap"));
            Assert.All(watched, ended => Assert.Equal((0, ""), (ended.Code, ended.Output)));
            string verdicts = "";
            for (int tries = 0; tries < 40 && verdicts.Length == 0; tries++, await Task.Delay(250, TestContext.Current.CancellationToken))
                verdicts = (await TramaProcess.RunAsync(hubProgram, ["verdicts", "--store", store, "--lang", "en"])).Output;
            Assert.Matches(@"here#1 = there#1 .* packet-loss \(network\): ", verdicts);
            string services = (await TramaProcess.RunAsync(hubProgram, ["services", "--store", store, "--lang", "en"])).Output;
            Assert.Matches(@"(?m)^\S+ > \S+:\d+ .* 0 failed  [\d.]+ ms  [\d.]+ ms$", services);
            await using (TramaProcess web = TramaProcess.Start("web", "--hub", store, "--no-open", "--lang", "en"))
            {
                string line = await web.ErrorAsync(line => line.Contains("#key=", StringComparison.Ordinal));
                var page = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
                using var client = new HttpClient { BaseAddress = page };
                client.DefaultRequestHeaders.Add("Trama-Token", page.Fragment["#key=".Length..]);
                string pairs = await client.GetStringAsync("api/pairs", TestContext.Current.CancellationToken);
                string pair = Regex.Match(pairs, "\"pair\":\"([0-9a-f]{32})\",\"bad\":true,\"ladder\":true").Groups[1].Value;
                string ladder = await client.GetStringAsync($"api/ladder?pair={pair}&connection=1&count=500",
                    TestContext.Current.CancellationToken);
                Assert.Contains("\"fate\":\"lost\"", ladder, StringComparison.Ordinal);
                Assert.Contains("<script type=\"module\" src=\"hub.js\">",
                    await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }

            string data = Path.Combine(folder, "data"), packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            Task<TramaProcess.Ended> Ask(params string[] args) => TramaProcess.RunAsync("env",
                [$"NUGET_PACKAGES={packages}", $"XDG_DATA_HOME={data}", TramaProcess.Binary, .. args]);
            Assert.Equal(0, (await Ask("sql", "--setup")).Code);
            Assert.Equal("id,one,other\npacket-loss,here,there\n",
                (await Ask("sql", "--csv", "SELECT id, one, other FROM verdicts", "--hub", store)).Output);
            Assert.Equal("n\n2\n", (await Ask("sql", "--csv", "SELECT count(DISTINCT sensor) n FROM exchanges", store)).Output);
            const string always = "2000-01-01T00:00..2100-01-01T00:00";
            TramaProcess.Ended history = await Ask("history", always, "--hub", store, "--lang", "en");
            Assert.Matches(@"(?m)^.* here: \S+ .*$", history.Output);
            Assert.Matches(@"(?m)^.* there: \S+ .*$", history.Output);
            Assert.Equal("trama: no exchange in that time\n",
                (await Ask("history", always, "--hub", store, "--lang", "en", "--where", "operation = 'none'")).Errors);
            Assert.Contains("\"sensor\":\"here\"", (await Ask("history", always, "--hub", store, "--json")).Output, StringComparison.Ordinal);
            Assert.Equal((2, "trama: --ladder draws headers, which stay with the sensors: ask there, without --hub (trama history --help)"),
                (await Ask("history", always, "--hub", store, "--lang", "en", "--ladder")) is { Code: var code, Errors: var errors }
                ? (code, errors.Split('\n')[0]) : default);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_that_is_no_store_of_a_hub_is_told_in_both_languages()
    {
        string folder = Directory.CreateTempSubdirectory("trama-test-").FullName;
        try
        {
            Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {folder} is no store of trama hub\n"),
                await TramaProcess.RunAsync(["sql", "SELECT 1", "--hub", folder, "--lang", "en"]));
            Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {folder} is no store of trama hub\n"),
                await TramaProcess.RunAsync(["web", "--hub", folder, "--no-open", "--lang", "en"]));
            Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {folder} não é um armazém do trama hub\n"),
                await TramaProcess.RunAsync(["sql", "SELECT 1", "--hub", folder, "--lang", "pt"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--hub store -i lo", "--hub and -i exclude each other")]
    [InlineData("--hub store file.pcap", "--hub shows a store, and no capture beside it")]
    [InlineData("--last 1h file.pcap", "--last needs --hub")]
    [InlineData("--hub store --last 1s", "--last")]
    public async Task A_page_is_of_a_hub_or_of_a_capture(string line, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["web", "--no-open", "--lang", "en", .. line.Split(' ')]);
        Assert.Equal(2, ended.Code);
        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to nats://127.0.0.1", "--to needs --key FILE")]
    [InlineData("--to broker", "--to: expected nats://HOST, got 'broker'")]
    [InlineData("--key file", "--key needs --to")]
    public async Task What_is_wrong_is_told_before_anything_is_captured(string line, string told)
    {
        string store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["watch", .. line.Split(' '), "--lang", "en", "--store",
            store, Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap")]);
        Assert.Equal(2, ended.Code);
        Assert.False(Directory.Exists(store));
        Assert.Contains(told, ended.Errors, StringComparison.Ordinal);
    }
}
