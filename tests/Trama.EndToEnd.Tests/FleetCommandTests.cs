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
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
