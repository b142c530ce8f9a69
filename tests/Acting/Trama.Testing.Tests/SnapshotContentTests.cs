using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Framing;

namespace Trama.Testing.Tests;

/// <summary>A snapshot holds what was said, not only how it is called and how long it is.</summary>
public sealed class SnapshotContentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-snapshot").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_body_is_held_in_both_directions()
    {
        await VerifyAsync(Post("pay 100"), Ok("{\"id\":7}"));
        await MatchesAsync(Post("pay 100"), Ok("{\"id\":7}"));
        await DiffersAsync("'    | pay 100' and is '    | pay 999'", Post("pay 999"), Ok("{\"id\":7}"));
        await DiffersAsync("'    | {\"id\":7}' and is '    | {\"id\":8}'", Post("pay 100"), Ok("{\"id\":8}"));
    }

    [Fact]
    public async Task Fields_are_not_held_since_times_and_ports_stand_in_them()
    {
        await VerifyAsync(Post("pay 100"), Ok("{\"id\":7}"));
        await MatchesAsync(Post("pay 100").Replace("x:80", "x:81", StringComparison.Ordinal), Ok("{\"id\":7}"));
    }

    [Fact]
    public async Task What_is_compressed_is_held_as_it_is_meant()
    {
        await VerifyAsync(Post("list"), Zipped("one\ntwo\n"));
        Assert.Contains("    | one\\n\n    | two\\n\n", await File.ReadAllTextAsync(Verified, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await DiffersAsync("'    | two\\n' and is '    | six\\n'", Post("list"), Zipped("one\nsix\n"));
    }

    [Fact]
    public async Task What_is_binary_is_told_in_hexadecimal()
    {
        await VerifyAsync(Post("\x01\x02\x03\x04"), Ok("ok"));
        await DiffersAsync("'    | 01 02 03 04 ", Post("\x01\x02\x03\x05"), Ok("ok"));
    }

    [Fact]
    public async Task The_end_of_what_is_long_is_held_by_its_digest()
    {
        string much = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"{number}\n"));
        await VerifyAsync(Post("list"), Zipped(much));
        string text = await File.ReadAllTextAsync(Verified, TestContext.Current.CancellationToken);
        Assert.Contains($"    … {much.Length} bytes in all, of SHA-256 ", text, StringComparison.Ordinal);
        Assert.True(text.Length < 16_000);
        await MatchesAsync(Post("list"), Zipped(much));
        File.Delete(Verified);
        await VerifyAsync(Post("list"), Ok(much));
        await DiffersAsync($"'    … {much.Length} bytes in all, of SHA-256 ", Post("list"), Ok(much[..^2] + "x\n"));
    }

    [Fact]
    public async Task Without_a_protocol_everything_is_held()
    {
        string much = new('x', 1000);
        await VerifyAsync(much + "1", "yes", FramingRule.Raw);
        await DiffersAsync(much + "2'", much + "2", "yes", FramingRule.Raw);
    }

    [Fact]
    public async Task What_a_protocol_says_beside_its_words_is_held()
    {
        await VerifyAsync("GET answer\r\n", FiveOf("42"), FramingRule.Resp);
        await DiffersAsync("'    | 42\\r\\n' and is '    | 43\\r\\n'", "GET answer\r\n", FiveOf("43"), FramingRule.Resp);
    }

    [Fact]
    public async Task A_password_stands_in_no_snapshot_and_another_one_differs()
    {
        const string Login = "*2\r\n$4\r\nAUTH\r\n$6\r\nsesame\r\n";
        await VerifyAsync(Login, "+OK\r\n", FramingRule.Resp);
        Assert.DoesNotContain("sesame", await File.ReadAllTextAsync(Verified, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await DiffersAsync("of SHA-256 ", Login.Replace("sesame", "poppy1", StringComparison.Ordinal), "+OK\r\n", FramingRule.Resp);
    }

    [Fact]
    public async Task A_body_that_cannot_be_decoded_does_not_pass()
    {
        string reply = "HTTP/1.1 200 OK\r\nContent-Encoding: unheard-of\r\nContent-Length: 3\r\n\r\nabc";
        string message = (await Assert.ThrowsAsync<WireAssertionException>(() => MatchesAsync(Post("list"), reply))).Message;
        Assert.StartsWith("of 3 bytes of a body not all could be decoded", message, StringComparison.Ordinal);
    }

    private string Verified => Path.Combine(_folder, "Shop.Buys.verified.txt");

    private static string Post(string body) => $"POST /pay HTTP/1.1\r\nHost: x:80\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string Ok(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    // The words of a reply are its first ones.
    private static string FiveOf(string last) => $"*5\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n$2\r\n{last}\r\n";

    private static string Zipped(string body)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(Encoding.Latin1.GetBytes(body));
        return $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bytes.Length}\r\n\r\n"
            + Encoding.Latin1.GetString(bytes.ToArray());
    }

    private async Task VerifyAsync(string request, string reply, FramingRule? framing = null)
    {
        await Assert.ThrowsAsync<WireAssertionException>(() => MatchesAsync(request, reply, framing));
        File.Move(Path.ChangeExtension(Path.ChangeExtension(Verified, null), "received.txt"), Verified);
    }

    private async Task DiffersAsync(string words, string request, string reply, FramingRule? framing = null) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<WireAssertionException>(() => MatchesAsync(request, reply, framing))).Message
            .Split('\n')[0], StringComparison.Ordinal);

    // A conversation of one request and its reply, byte for byte.
    private async Task MatchesAsync(string request, string reply, FramingRule? framing = null)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using Wire wire = await Wire.CaptureAsync(((IPEndPoint)listener.LocalEndpoint).Port,
            new WireOptions { Framing = framing ?? FramingRule.Auto, PreferRelay = true });
        using var client = new TcpClient();
        await client.ConnectAsync(wire.Address, stop);
        using TcpClient server = await listener.AcceptTcpClientAsync(stop);
        await PassAsync(client, server, request);
        await PassAsync(server, client, reply);
        wire.Should().MatchSnapshot(Path.Combine(_folder, "Shop.cs"), "Buys");
    }

    private static async Task PassAsync(TcpClient from, TcpClient to, string words)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(words);
        Task said = from.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask();
        await to.GetStream().ReadExactlyAsync(new byte[bytes.Length], TestContext.Current.CancellationToken);
        await said;
    }
}
