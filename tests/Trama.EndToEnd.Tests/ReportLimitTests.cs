using System.Text.Json;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.EndToEnd.Tests;

public class ReportLimitTests
{
    private const int Whole = 4 << 20;

    [Theory]
    [InlineData("trace --ndjson --full")]
    [InlineData("diagnose --ndjson --full")]
    public async Task A_long_message_is_cut_and_says_so(string line)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync([.. line.Split(' '), Long()]);
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        using var exchange = JsonDocument.Parse(ended.Output.Split('\n')[0]);
        JsonElement request = exchange.RootElement.GetProperty("request"), reply = exchange.RootElement.GetProperty("reply");
        Assert.Equal((Whole + 100_000, Whole, true), (request.GetProperty("bytes").GetInt64(),
            request.GetProperty("text").GetString()!.Length, request.GetProperty("cut").GetBoolean()));
        Assert.Equal((100_000, false), (reply.GetProperty("text").GetString()!.Length, reply.TryGetProperty("cut", out _)));
    }

    [Theory]
    [InlineData("en", "trama: the report needs a temporary file, and /nowhere/ (TMPDIR) cannot hold one: ")]
    [InlineData("pt", "trama: o relatório precisa de um arquivo temporário, e /nowhere/ (TMPDIR) não comporta um: ")]
    public async Task A_missing_folder_of_temporary_files_is_told_in_one_line(string language, string told)
    {
        string[] command = ["trace", Long(), "--json", "--full", "--lang", language];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "sh", ["-c", "TMPDIR=/nowhere exec \"$0\" \"$@\"", TramaProcess.Binary, .. command]);
        Assert.Equal(1, ended.Code);
        Assert.StartsWith(told, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.TrimEnd('\n').Split('\n'));
        Assert.Equal("", ended.Output);
    }

    // A request that is longer than what is told of one, and a reply that is not.
    private static string Long()
    {
        string path = Captures.Temporary("long.pcapng", []);
        using var file = new PcapngWriter(path, "trama", "");
        file.AddInterface(new CaptureInterface(LinkType.Raw, 0) { Name = "made", IsNanosecond = true });
        var capture = new SyntheticCapture((in Packets.Record record) => file.Write(record));
        SyntheticConversation talk = capture.Begin(new Endpoint(IpAddress.FromBytes([10, 0, 0, 1]), 40_000),
            new Endpoint(IpAddress.FromBytes([10, 0, 0, 2]), 5000));
        talk.Ask(At(0));
        talk.Accept(At(1), At(2));
        talk.Say(true, Text(Whole + 100_000), At(3));
        talk.Say(false, Text(100_000), At(4));
        talk.Finish(true, At(5));
        talk.Finish(false, At(6));
        return path;
    }

    private static byte[] Text(int length) => [.. Enumerable.Repeat((byte)'x', length)];

    private static Timestamp At(long milliseconds) => new(1_700_000_000_000_000_000 + milliseconds * 1_000_000);
}
