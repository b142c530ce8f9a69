using System.Text.Json.Nodes;

namespace Trama.EndToEnd.Tests;

public class FaultDemoTests
{
    [Theory]
    [InlineData("en", "Nothing listens on the server's port.", "Verdict: the fault is the server's.")]
    [InlineData("pt", "Ninguém escuta na porta do servidor.", "Veredito: a falha é do servidor.")]
    public async Task A_fault_happens_live_and_is_diagnosed_and_explained(string language, params string[] words)
    {
        TramaProcess.Ended demo = await RunAsync("--fault", "connection-refused", "--lang", language);
        foreach (string word in words) Assert.Contains(word, demo.Output, StringComparison.Ordinal);
        Assert.Contains("ECONNREFUSED", demo.Output, StringComparison.Ordinal);
        Assert.Contains("RFC", demo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("closed-without-reply")]
    [InlineData("middlebox-reset")]
    [InlineData("nagle-delayed-ack")]
    [InlineData("packet-loss")]
    [InlineData("error-replies")]
    [InlineData("idle-close-race")]
    [InlineData("port-scan")]
    [InlineData("tls-handshake-slow")]
    [InlineData("half-open")]
    [InlineData("connection-collision")]
    [InlineData("window-exceeded")]
    public async Task What_was_made_is_what_diagnose_finds_at_both_ends(string fault)
    {
        using var folder = new TemporaryFolder();
        TramaProcess.Ended demo = await RunAsync("--fault", fault, "--save", folder["kept"]);
        Assert.Contains($"trama diagnose {folder["kept"]}/client.pcap", demo.Output, StringComparison.Ordinal);
        JsonNode truth = JsonNode.Parse(await File.ReadAllBytesAsync(folder["kept/truth.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal(fault, (string?)truth["label"]);
        foreach (string end in (string[])["client", "server"])
        {
            TramaProcess.Ended diagnosed = await TramaProcess.RunAsync(["diagnose", "--json", folder[$"kept/{end}.pcap"]]);
            JsonNode? verdict = JsonNode.Parse(diagnosed.Output)!["verdict"];
            Assert.Equal((fault, (string?)truth["party"]), ((string?)verdict?["id"], (string?)verdict?["party"]));
        }
    }

    [Fact]
    public async Task An_ordinary_user_sees_it_in_a_network_of_their_own()
    {
        _ = TestData.Program("setpriv");
        _ = TestData.Program("unshare");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "this test needs root, to become someone without rights");
        string[] nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--"];
        TramaProcess.Ended allowed = await TramaProcess.RunAsync(
            "setpriv", [.. nobody, "unshare", "--user", "--map-root-user", "--net", "test", "-w", "/dev/net/tun"]);
        Assert.SkipUnless(allowed.Code == 0, "users may not make namespaces or TUN devices here");
        TramaProcess.Ended demo = await TramaProcess.RunAsync(
            "setpriv", [.. nobody, TramaProcess.Binary, "demo", "--fault", "connection-refused"]);
        Assert.SkipWhen(demo.Code is 126 or 127, "the nobody user may not run the build");
        Assert.Equal(0, demo.Code);
        Assert.Contains("Verdict: the fault is the server's.", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_names_every_fault_and_what_is_arranged()
    {
        TramaProcess.Ended list = await TramaProcess.RunAsync(["demo", "--fault", "list"]);
        Assert.Equal(0, list.Code);
        string[] names = [.. list.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0])];
        Assert.Contains("packet-loss", names);
        Assert.Equal(42, names.Length);
        // Each is a finding, which --explain knows.
        TramaProcess.Ended known = await TramaProcess.RunAsync(["diagnose", "--explain"]);
        Assert.Empty(names.Except(known.Output.Split('\n').Select(line => line.Split(' ')[0])));
    }

    [Fact]
    public async Task An_unknown_fault_is_a_usage_error_that_names_those_there_are()
    {
        TramaProcess.Ended demo = await TramaProcess.RunAsync(["demo", "--fault", "gremlins"]);
        Assert.Equal(2, demo.Code);
        Assert.Contains("there is no demo of 'gremlins'; there are: connection-refused, ", demo.Errors, StringComparison.Ordinal);
    }

    private static async Task<TramaProcess.Ended> RunAsync(params string[] args)
    {
        TramaProcess.Ended demo = await TramaProcess.RunAsync(["demo", .. args]);
        Assert.SkipWhen(demo.Errors.Contains("two hosts cannot be made", StringComparison.Ordinal)
            || demo.Errors.Contains("não é possível criar dois hosts", StringComparison.Ordinal), demo.Errors);
        Assert.SkipWhen(demo.Errors.Contains("too busy", StringComparison.Ordinal), "this machine was too busy for a true experiment");
        Assert.Equal(0, demo.Code);
        return demo;
    }
}
