namespace Trama.EndToEnd.Tests;

public class OwnCaptureTests
{
    [Theory]
    [InlineData("127.0.0.1", "pcap")]
    [InlineData("::1", "pcapng")]
    public async Task Each_peer_captures_its_own_connections_alone(string host, string format)
    {
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        (string ofServer, string ofClient) = (folder[$"server.{format}"], folder[$"client.{format}"]);
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--capture", ofServer);
        string[] send = ["send", host, $"{await ServeTests.PortAsync(server)}", "hi"];
        await TramaProcess.RunAsync(send);
        TramaProcess.Ended client = await TramaProcess.RunAsync([.. send, "--capture", ofClient, "--count", "2"]);
        await TramaProcess.RunAsync(send);
        server.Signal("TERM");
        Assert.Equal((0, ""), (client.Code, client.Errors));
        Assert.Equal(0, (await server.EndAsync()).Code);
        Assert.Equal(4, await ConnectionsAsync(ofServer));
        Assert.Equal(2, await ConnectionsAsync(ofClient));
    }

    [Theory]
    [InlineData("server")]
    [InlineData("client")]
    public async Task A_capture_with_the_secrets_of_TLS_is_decrypted_by_itself(string peer)
    {
        _ = TestData.Program("tshark");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        (string keys, string capture) = (folder["keys"], folder["tls.pcapng"]);
        string[] options = ["--keylog", keys, "--capture", capture];
        await using TramaProcess server = TramaProcess.Start(
            ["serve", "--port", "0", "--tls", "--reply", "secret answer", .. peer == "server" ? options : []]);
        int port = await ServeTests.PortAsync(server);
        string[] send = ["send", "127.0.0.1", $"{port}", "secret question", "--tls", "--insecure", .. peer == "client" ? options : []];
        Assert.Equal(0, (await TramaProcess.RunAsync(send)).Code);
        server.Signal("TERM");
        Assert.Equal(0, (await server.EndAsync()).Code);
        File.Delete(keys);
        string[] follow = ["-r", capture, "-d", $"tcp.port=={port},tls", "-q", "-z", "follow,tls,ascii,0"];
        string said = (await TramaProcess.RunAsync("tshark", follow)).Output;
        Assert.Contains("secret question", said, StringComparison.Ordinal);
        Assert.Contains("secret answer", said, StringComparison.Ordinal);
        // Other readers pass over them.
        Assert.Equal("", (await TramaProcess.RunAsync(["trace", capture])).Errors);
    }

    [Fact]
    public async Task Under_sudo_the_secrets_belong_to_the_one_who_called_it()
    {
        _ = TestData.Program("stat");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "this test needs root, as sudo gives it");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        await TramaProcess.RunAsync("chmod", ["777", folder["."]]);
        string[] serve = [TramaProcess.Binary, "serve", "--port", "0", "--tls", "--keylog", folder["keys"], "--capture",
            folder["tls.pcapng"]];
        await using TramaProcess server = TramaProcess.Start("env", ["SUDO_UID=65534", "SUDO_GID=65534", .. serve]);
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hi", "--tls", "--insecure"]);
        server.Signal("TERM");
        Assert.Equal(0, (await server.EndAsync()).Code);
        Assert.Equal("65534 65534\n", (await TramaProcess.RunAsync("stat", ["-c", "%u %g", folder["keys"]])).Output);
        Assert.NotEmpty(await File.ReadAllTextAsync(folder["keys"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_the_right_to_capture_nothing_is_sent()
    {
        _ = TestData.Program("setpriv");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "this test needs root, to become someone without rights");
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0");
        string[] send = [TramaProcess.Binary, "send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hi", "--capture",
            "/tmp/never.pcap"];
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            "setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--", .. send]);
        Assert.SkipWhen(client.Code is 126 or 127, "the nobody user may not run the build");
        Assert.Equal(1, client.Code);
        Assert.Matches(@"\Atrama: any: no permission to capture: use sudo, or once: sudo setcap [^\n]+\n\z", client.Errors);
        server.Signal("TERM");
        Assert.DoesNotContain("Connected by", (await server.EndAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_that_cannot_be_written_is_told()
    {
        await Captures.RequireLiveAsync();
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", "9", "hi", "--capture", "/nowhere/x.pcap"]);
        Assert.Equal((1, "trama: /nowhere/x.pcap: the folder /nowhere does not exist\n"), (client.Code, client.Errors));
    }

    // How many were opened, with handshake, data and both ends in the file.
    private static async Task<int> ConnectionsAsync(string path)
    {
        string[] lines = (await TramaProcess.RunAsync(["dump", "-nr", path])).Output.Split('\n');
        int Count(string flags) => lines.Count(line => line.Contains($"Flags [{flags}]", StringComparison.Ordinal));
        Assert.Equal(Count("S"), Count("S."));
        Assert.Equal(2 * Count("S"), Count("P."));
        Assert.Equal(2 * Count("S"), Count("F."));
        return Count("S");
    }
}
