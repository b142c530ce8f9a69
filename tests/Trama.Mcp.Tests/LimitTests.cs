using System.IO.Compression;
using System.Text.Json;

namespace Trama.Mcp.Tests;

/// <summary>What a call may take, and that it is told where something was cut.</summary>
public sealed class LimitTests
{
    private const string Endless = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";

    private static CaptureFolderOnDisk Long(int exchanges, int bytes)
    {
        var folder = new CaptureFolderOnDisk();
        string reply = $"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n{new string('x', bytes)}";
        folder.Write("long.pcap", 80, [.. Enumerable.Range(0, exchanges).SelectMany(i => (string[])[$"GET /{i} HTTP/1.1\r\n\r\n", reply])]);
        return folder;
    }

    [Fact]
    public async Task Rows_are_cut_and_asked_on()
    {
        await using McpSession session = await McpSession.StartAsync(Long(700, 5));
        JsonElement first = await session.AskAsync("trace", ("file", "long.pcap"));
        Assert.Equal((700, 500), (first.GetProperty("exchangesCount").GetInt32(), first.GetProperty("exchanges").GetArrayLength()));
        Assert.Equal("exchanges: 500 of 700 rows are here (at most 500 rows); ask on with first=501",
            Assert.Single(first.GetProperty("cut").EnumerateArray()).GetString());
        JsonElement rest = await session.AskAsync("trace", ("file", "long.pcap"), ("first", 501));
        Assert.Equal((501, 700), (rest.GetProperty("exchanges")[0].GetProperty("index").GetInt32(),
            rest.GetProperty("exchanges")[199].GetProperty("index").GetInt32()));
        Assert.False(rest.TryGetProperty("cut", out _));
    }

    [Fact]
    public async Task Bytes_are_cut_and_asked_on()
    {
        await using McpSession session = await McpSession.StartAsync(Long(60, 12_000), "--payload");
        (_, string text) = await session.CallAsync("follow", ("file", "long.pcap"));
        Assert.InRange(text.Length, 200_000, (256 << 10) + 2000);
        JsonElement answer = JsonElement.Parse(text);
        int shown = answer.GetProperty("messages").GetArrayLength();
        Assert.Equal($"messages: {shown} of 120 rows are here (at most 262144 bytes); ask on with first={shown + 1}",
            Assert.Single(answer.GetProperty("cut").EnumerateArray()).GetString());
        JsonElement next = await session.AskAsync("follow", ("file", "long.pcap"), ("first", shown + 1), ("rows", 1));
        Assert.Equal(1 + (shown / 2), Assert.Single(next.GetProperty("messages").EnumerateArray()).GetProperty("exchange").GetInt32());
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        await using McpSession session = await McpSession.StartAsync(Long(1, 20_000), "--payload");
        JsonElement reply = (await session.AskAsync("follow", ("file", "long.pcap"))).GetProperty("messages")[1];
        Assert.True(reply.GetProperty("textIsCut").GetBoolean());
        Assert.InRange(reply.GetProperty("text").GetString()!.Length, 16 << 10, (16 << 10) + 100);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("large.pcap", 80, "hello");
        await using (FileStream file = File.OpenWrite(folder["large.pcap"])) file.SetLength((1L << 30) + 1);
        await using McpSession session = await McpSession.StartAsync(folder);
        Assert.StartsWith("large.pcap: has 1073741825 bytes, and at most 1073741824 are read",
            await session.RefusalAsync("diagnose", ("file", "large.pcap")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_takes_too_long_tells_how_far_it_came()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("part.pcap", 80, [.. Enumerable.Range(0, 4000).Select(i => $"GET /{i} HTTP/1.1\r\n\r\n")]);
        byte[] part = await File.ReadAllBytesAsync(folder["part.pcap"], TestContext.Current.CancellationToken);
        await using (FileStream whole = File.Create(folder["whole.pcap"]))
        {
            await whole.WriteAsync(part.AsMemory(0, 24), TestContext.Current.CancellationToken);
            while (whole.Length < 900L << 20) await whole.WriteAsync(part.AsMemory(24), TestContext.Current.CancellationToken);
        }

        await using McpSession session = await McpSession.StartAsync(folder, "--timeout", "1");
        JsonElement answer = await session.AskAsync("trace", ("file", "whole.pcap"), ("rows", 1));
        Assert.Contains(answer.GetProperty("cut").EnumerateArray(), cut =>
            cut.GetString()!.StartsWith("whole.pcap: only the first ", StringComparison.Ordinal)
            && cut.GetString()!.EndsWith(" packets were read, in 1 s (--timeout)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_far_more_without_a_packet_ends_in_time_too()
    {
        var folder = new CaptureFolderOnDisk();
        const string packet = "12:00:00.000000 IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [S], seq 1, win 1000, length 0\n";
        byte[] nothing = Packed([.. Enumerable.Repeat("x\n"u8.ToArray(), 16 << 20).SelectMany(line => line)]);
        await using (FileStream file = File.Create(folder["bomb.gz"]))
        {
            file.Write(Packed(System.Text.Encoding.ASCII.GetBytes(packet)));
            for (int i = 0; i < 1000; i++) file.Write(nothing);
        }

        await using McpSession session = await McpSession.StartAsync(folder, "--timeout", "1");
        JsonElement answer = await session.AskAsync("trace", ("file", "bomb.gz"), ("of", "connections"));
        Assert.Equal("bomb.gz: only the first 1 packets were read, in 1 s (--timeout)",
            Assert.Single(answer.GetProperty("cut").EnumerateArray()).GetString());

        static byte[] Packed(byte[] bytes)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
            return packed.ToArray();
        }
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_broken_off()
    {
        CaptureFolderOnDisk folder = Long(1, 5);
        McpSession.BringDuckdb(folder);
        await using McpSession session = await McpSession.StartAsync(folder, "--timeout", "2");
        Assert.Equal("the question took too long (--timeout)",
            await session.RefusalAsync("sql", ("file", "long.pcap"), ("query", Endless)));
        JsonElement many = await session.AskAsync("sql", ("file", "long.pcap"), ("query", "SELECT * FROM range(1000)"));
        Assert.Equal(500, many.GetProperty("rows").GetArrayLength());
        Assert.StartsWith("only 500 rows are here", Assert.Single(many.GetProperty("cut").EnumerateArray()).GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_third_call_at_once_is_refused_and_a_cancelled_one_makes_room()
    {
        CaptureFolderOnDisk folder = Long(1, 5);
        McpSession.BringDuckdb(folder);
        await using McpSession session = await McpSession.StartAsync(folder, "--timeout", "600");
        using var cancelled = new CancellationTokenSource();
        var arguments = new Dictionary<string, object?> { ["file"] = "long.pcap", ["query"] = Endless };
        Task[] running = [.. Enumerable.Range(0, 2).Select(_ =>
            session.Client.CallToolAsync("sql", arguments, cancellationToken: cancelled.Token).AsTask())];
        // Asked before, a list would itself be one of two.
        await Patience.UntilAsync(() => folder.Tables.Length == 2);
        Assert.StartsWith("2 calls are at work already", await session.RefusalAsync("list"), StringComparison.Ordinal);
        await cancelled.CancelAsync();
        foreach (Task task in running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        await Patience.UntilAsync(async () => !(await session.CallAsync("list")).IsRefused);
    }
}
