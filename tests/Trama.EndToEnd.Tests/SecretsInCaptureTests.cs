using System.Buffers.Binary;
using System.IO.Compression;

namespace Trama.EndToEnd.Tests;

/// <summary>Where in a pcapng file the secrets of TLS connections stand, and what they count for.</summary>
public class SecretsInCaptureTests
{
    private const uint SecretsBlock = 10;

    [Theory]
    [InlineData("tls12-lab-gcm-dsb", "GET /f1")]
    [InlineData("grpc-lab-tls13-dsb", "/shop.v1.Orders/Get")]
    public async Task Secrets_at_the_end_of_a_file_decrypt_what_stands_before_them(string name, string operation)
    {
        byte[] capture = await ReadAsync(name);
        byte[] moved = [.. Blocks(capture, isSecrets: false), .. Blocks(capture, isSecrets: true)];
        Assert.Equal(capture.Length, moved.Length);
        Assert.NotEqual(capture, moved);
        string expected = await TracedAsync(Captures.Temporary("first.pcapng", capture));
        Assert.Contains(operation, expected, StringComparison.Ordinal);
        Assert.Equal(expected, await TracedAsync(Captures.Temporary("last.pcapng", moved)));

        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(moved);
        Assert.Equal(expected, await TracedAsync(Captures.Temporary("last.pcapng.gz", compressed.ToArray())));
    }

    [Fact]
    public async Task Of_a_pipe_secrets_count_from_where_they_stand()
    {
        byte[] capture = await ReadAsync("tls12-lab-gcm-dsb");
        byte[] plain = await ReadAsync("websocket-lab-plain");
        Assert.Contains("GET /f1", await PipedAsync(capture), StringComparison.Ordinal);
        // So many packets later that what came before was read long ago.
        byte[] between = [.. Enumerable.Repeat(plain, 100).SelectMany(bytes => bytes)];
        string late = await PipedAsync([.. Blocks(capture, isSecrets: false), .. between, .. Blocks(capture, isSecrets: true)]);
        Assert.Contains("TLS ClientHello", late, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /f1", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_one_of_several_files_count_for_all()
    {
        byte[] capture = await ReadAsync("tls12-lab-gcm-dsb"), other = await ReadAsync("grpc-lab-tls13-dsb");
        string bare = Captures.Temporary("bare.pcapng", Blocks(capture, isSecrets: false));
        string withBoth = Captures.Temporary("both.pcapng", [.. other, .. Blocks(capture, isSecrets: true)]);
        Assert.DoesNotContain("GET /f1", (await TramaProcess.RunAsync(["trace", bare])).Output, StringComparison.Ordinal);
        Assert.Contains("GET /f1", (await TramaProcess.RunAsync(["trace", bare, withBoth])).Output, StringComparison.Ordinal);
    }

    private static Task<byte[]> ReadAsync(string name) =>
        File.ReadAllBytesAsync(TestData.Shared($"protocols/{name}.pcapng"), TestContext.Current.CancellationToken);

    private static async Task<string> TracedAsync(string path)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", path]);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        return ended.Output;
    }

    private static async Task<string> PipedAsync(byte[] capture)
    {
        await using TramaProcess process = TramaProcess.Start("trace", "-");
        await process.Input.WriteAsync(capture, TestContext.Current.CancellationToken);
        TramaProcess.Ended ended = await process.EndAsync();
        Assert.Equal(0, ended.Code);
        return ended.Output;
    }

    // The captures of the lab are little-endian.
    private static byte[] Blocks(byte[] capture, bool isSecrets)
    {
        var blocks = new List<byte>();
        for (int at = 0; at < capture.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(capture.AsSpan(at + 4));
            if (BinaryPrimitives.ReadUInt32LittleEndian(capture.AsSpan(at)) == SecretsBlock == isSecrets)
                blocks.AddRange(capture.AsSpan(at, length));
            at += length;
        }

        return [.. blocks];
    }
}
