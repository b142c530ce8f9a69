namespace Trama.EndToEnd.Tests;

/// <summary>SSH of a real server and client; tshark is the judge of what is in the clear.</summary>
public class SshLiveTests
{
    [Fact]
    public async Task The_key_exchange_is_traced_and_what_follows_it_is_no_operation()
    {
        string dropbear = TestData.Program("dropbear"), client = TestData.Program("dbclient"), keygen = TestData.Program("dropbearkey");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await TramaProcess.RunAsync(keygen, ["-t", "ed25519", "-f", folder["key"]]);
        await using TramaProcess server = TramaProcess.Start(
            dropbear, ["-F", "-E", "-p", $"127.0.0.1:{port}", "-r", folder["key"], "-P", folder["pid"]]);
        await LiveCapture.AcceptsAsync(port);
        // Nobody may log in; that is told under seal.
        string capture = await LiveCapture.OfAsync(
            folder, port, () => TramaProcess.RunAsync(client, ["-y", "-y", "-T", "-p", $"{port}", "nobody@127.0.0.1", "true"]));
        string[] told = await ProtocolTrace.OfAsync(capture, "ssh");
        string[] versions = await ProtocolTrace.TsharkAsync(capture, "ssh.protocol", ("ssh", port), "ssh.protocol");
        string[] codes = await ProtocolTrace.TsharkAsync(capture, "ssh.message_code", ("ssh", port), "ssh.message_code");
        Assert.Equal(2, versions.Length);
        Assert.All(versions, version => Assert.Contains(told, line => line.EndsWith($" {version} -> ", StringComparison.Ordinal)));
        int packets = codes.SelectMany(line => line.Split(',')).Count(code => code is "20" or "21" or "30" or "31");
        Assert.Equal(packets, told.Length - versions.Length);
        Assert.Equal(2, told.Count(line => line.EndsWith(" KEXINIT -> ", StringComparison.Ordinal)));
        Assert.Equal(2, told.Count(line => line.EndsWith(" NEWKEYS -> ", StringComparison.Ordinal)));
    }
}
