using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>TLS that is decrypted, with tshark as the judge.</summary>
public class DecryptionTests
{
    public static TheoryData<string> CapturesWithKeys() =>
    [
        "grpc-lab-tls13", "grpc-lab-tls13-dsb", "http2-lab-tls13-multiplex", "mysql-lab-tls13", "postgresql-lab-tls13", "redis-lab-tls13",
        "tls12-lab-cbc-sha384-etm", "tls12-lab-ccm", "tls12-lab-gcm", "tls12-lab-gcm-dsb", "tls13-lab-aes128gcm", "tls13-lab-chacha20",
        "tls13-lab-early-data", "tls13-lab-keyupdate", "websocket-lab-tls13",
    ];

    [Theory]
    [MemberData(nameof(CapturesWithKeys))]
    public async Task What_follow_decrypts_is_what_tshark_decrypts(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tshark"), "tshark is not installed");
        string capture = TestData.Shared($"protocols/{name}.pcapng");
        // A capture without a key log has its secrets inside.
        string keyLog = Path.ChangeExtension(capture, ".keys");
        bool isInside = !File.Exists(keyLog);
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json"])).Output);
        int connections = traced.RootElement.GetProperty("connections").GetArrayLength();
        Assert.True(connections > 0);
        for (int i = 0; i < connections; i++)
        {
            string client = traced.RootElement.GetProperty("connections")[i].GetProperty("client").GetString()!;
            string[] keys = isInside ? [] : ["-o", $"tls.keylog_file:{keyLog}"];
            TramaProcess.Ended judge = await TramaProcess.RunAsync("/usr/bin/tshark", [.. keys, "-r", capture, "-q", "-z", $"follow,tls,raw,{i}"]);
            (string toServer, string toClient) = Said(judge.Output, client);
            Assert.NotEmpty(toServer + toClient);
            Assert.Equal(toServer, await FollowAsync(capture, i + 1, "--to-server", isInside ? null : keyLog));
            Assert.Equal(toClient, await FollowAsync(capture, i + 1, "--to-client", isInside ? null : keyLog));
        }
    }

    private static async Task<string> FollowAsync(string capture, int connection, string direction, string? keyLog)
    {
        string file = Captures.Temporary("followed", []);
        string[] keys = keyLog is null ? [] : ["--keys", keyLog];
        // Through a shell, since what is said may be no text.
        string[] words = ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", file, TramaProcess.Binary, "follow", capture, $"{connection}", "--raw", "--layer", "tls", direction, .. keys];
        TramaProcess.Ended ended = await TramaProcess.RunAsync("/bin/sh", words);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        return Convert.ToHexStringLower(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    // What node 1 says is indented.
    private static (string ToServer, string ToClient) Said(string follow, string client)
    {
        string[] lines = follow.Split('\n');
        string first = lines.Single(line => line.StartsWith("Node 0: ", StringComparison.Ordinal))["Node 0: ".Length..].Trim();
        string[] said = [.. lines.SkipWhile(line => !line.StartsWith("Node 1: ", StringComparison.Ordinal)).Skip(1).Where(line => !line.StartsWith('='))];
        string ofFirst = string.Concat(said.Where(line => !line.StartsWith('\t')).Select(line => line.Trim()));
        string ofOther = string.Concat(said.Where(line => line.StartsWith('\t')).Select(line => line.Trim()));
        return first == client ? (ofFirst, ofOther) : (ofOther, ofFirst);
    }
}
