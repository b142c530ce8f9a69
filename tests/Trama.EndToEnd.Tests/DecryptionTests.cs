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
            (string toServer, string toClient) = await TsharkFollow.SaidAsync(capture, keys, "tls", i, client);
            Assert.NotEmpty(toServer + toClient);
            Assert.Equal(toServer, await FollowAsync(capture, i + 1, "--to-server", isInside ? null : keyLog));
            Assert.Equal(toClient, await FollowAsync(capture, i + 1, "--to-client", isInside ? null : keyLog));
        }
    }

    [Fact]
    public async Task What_a_handshake_tells_is_in_json()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", TestData.Shared("protocols/tls12-lab-gcm-dsb.pcapng"), "--json"]);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        using JsonDocument document = JsonDocument.Parse(ended.Output);
        JsonElement connection = document.RootElement.GetProperty("connections")[0], tls = connection.GetProperty("tls");
        Assert.Equal(["tls1.2", "http1"], connection.GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()));
        Assert.Equal(
            ("1.2", "localhost", "http/1.1", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            (Text("version"), Text("serverName"), Text("alpn"), Text("cipher")));
        Assert.Equal((true, false), (tls.GetProperty("decrypted").GetBoolean(), tls.GetProperty("resumed").GetBoolean()));
        JsonElement certificate = tls.GetProperty("certificate"), alert = Assert.Single(tls.GetProperty("alerts").EnumerateArray());
        Assert.Equal("CN=localhost", certificate.GetProperty("subject").GetString());
        Assert.Equal("2036-11-25T11:22:06Z", certificate.GetProperty("notAfter").GetString());
        Assert.Equal(["localhost", "127.0.0.1"], certificate.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("client", "close_notify"), (alert.GetProperty("from").GetString(), alert.GetProperty("description").GetString()));
        Assert.Equal(
            tls.GetProperty("handshakeNs").GetInt64(),
            tls.GetProperty("serverHelloNs").GetInt64() + tls.GetProperty("clientFinishedNs").GetInt64()
                + tls.GetProperty("serverFinishedNs").GetInt64());
        Assert.Contains("GET /f1", connection.GetProperty("exchanges").EnumerateArray()
            .Select(exchange => exchange.GetProperty("request").GetProperty("kind").GetString()));

        string? Text(string name) => tls.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Without_keys_a_line_says_how_to_get_some_and_the_handshake_is_told_all_the_same()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["trace", TestData.Shared("protocols/tls13-lab-chacha20.pcapng"), "--summary"]);
        Assert.Equal(0, ended.Code);
        Assert.Contains("SSLKEYLOGFILE=keys.txt", Assert.Single(ended.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Contains("TLS_CHACHA20_POLY1305_SHA256", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_log_of_other_connections_is_told_of()
    {
        string keys = TestData.Shared("protocols/tls13-lab-chacha20.keys");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            ["trace", TestData.Shared("protocols/tls12-lab-ccm.pcapng"), "--keys", keys]);
        Assert.Equal(0, ended.Code);
        Assert.Equal("1 of 1 TLS connections could not be decrypted: 1 without secrets in any key log\n", ended.Errors);
    }

    [Fact]
    public async Task What_is_wrong_with_a_key_log_is_told_and_the_rest_is_used()
    {
        string capture = TestData.Shared("protocols/tls12-lab-ccm.pcapng");
        byte[] good = await File.ReadAllBytesAsync(TestData.Shared("protocols/tls12-lab-ccm.keys"), TestContext.Current.CancellationToken);
        TramaProcess.Ended missing = await TramaProcess.RunAsync(["trace", capture, "--keys", "/nowhere/keys"]);
        Assert.Equal(1, missing.Code);
        Assert.Contains("/nowhere/keys", missing.Errors, StringComparison.Ordinal);
        string empty = Captures.Temporary("keys", []);
        TramaProcess.Ended nothing = await TramaProcess.RunAsync(["trace", capture, "--keys", empty]);
        Assert.Equal(0, nothing.Code);
        Assert.StartsWith($"{empty} is empty\n", nothing.Errors, StringComparison.Ordinal);
        string letter = Captures.Temporary("letter", "Dear Ana,\nthere are no keys here.\n"u8.ToArray());
        TramaProcess.Ended other = await TramaProcess.RunAsync(["trace", capture, "--keys", letter]);
        Assert.Equal((1, $"trama: {letter} is no key log: none of its lines is like 'CLIENT_RANDOM …'\n"), (other.Code, other.Errors));
        string mixed = Captures.Temporary("mixed", [.. "oops\n"u8, .. good, .. "CLIENT_RANDOM 12 34\n"u8]);
        TramaProcess.Ended used = await TramaProcess.RunAsync(["trace", capture, "--keys", mixed]);
        Assert.Equal(0, used.Code);
        Assert.StartsWith($"{mixed}: 2 lines are malformed and left out (1, ", used.Errors, StringComparison.Ordinal);
        Assert.Contains("GET /f1", used.Output, StringComparison.Ordinal);
    }

    private static async Task<string> FollowAsync(string capture, int connection, string direction, string? keyLog)
    {
        string file = Captures.Temporary("followed", []);
        string[] keys = keyLog is null ? [] : ["--keys", keyLog];
        // Through a shell, since what is said may be no text.
        string[] words = ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", file, TramaProcess.Binary, "follow", capture,
            $"{connection}", "--raw", "--layer", "tls", direction, .. keys];
        TramaProcess.Ended ended = await TramaProcess.RunAsync("/bin/sh", words);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        return Convert.ToHexStringLower(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }
}
