namespace Trama.EndToEnd.Tests;

public sealed class ScrubTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("out.pcap"), InlineData("out.pcapng")]
    public async Task The_lesson_keeps_its_exchange_and_loses_its_words(string name)
    {
        string output = _folder[name];
        TramaProcess.Ended scrubbed = await TramaProcess.RunAsync(["scrub", Captures.Lesson, output, "--lang", "en"]);
        Assert.Equal((0, ""), (scrubbed.Code, scrubbed.Output));
        Assert.Contains("what remains: ", scrubbed.Errors, StringComparison.Ordinal);
        string[] before = await FieldsAsync(Captures.Lesson), after = await FieldsAsync(output);
        Assert.Equal(before[0], after[0]);
        Assert.Equal(before[^5..], after[^5..]);
        Assert.DoesNotContain("servidor", string.Join('\t', after), StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1:", string.Join('\t', after), StringComparison.Ordinal);
        Assert.Equal([name], Directory.EnumerateFiles(Path.GetDirectoryName(output)!).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Two_scrubs_have_nothing_in_common_but_with_a_seed()
    {
        string[] outputs = [_folder["1.pcap"], _folder["2.pcap"], _folder["3.pcap"], _folder["4.pcap"]];
        foreach ((int index, string output) in outputs.Index())
        {
            string[] seed = index < 2 ? [] : ["--seed", "7"];
            Assert.Equal(0, (await TramaProcess.RunAsync(["scrub", Captures.Lesson, output, .. seed])).Code);
        }

        byte[][] bytes = [.. outputs.Select(File.ReadAllBytes)];
        Assert.NotEqual(bytes[0], bytes[1]);
        Assert.Equal(bytes[2], bytes[3]);
    }

    [Fact]
    public async Task Secrets_of_TLS_are_left_out_and_the_file_says_so()
    {
        string capture = TestData.Shared("protocols/tls12-lab-gcm-dsb.pcapng"), output = _folder["out.pcapng"];
        TramaProcess.Ended scrubbed = await TramaProcess.RunAsync(["scrub", capture, output, "--lang", "en"]);
        Assert.Equal(0, scrubbed.Code);
        Assert.Contains("stays sealed", scrubbed.Errors, StringComparison.Ordinal);
        string bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken));
        Assert.Contains("Secrets of TLS that were in the original are left out", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("CLIENT_RANDOM", bytes, StringComparison.Ordinal);
        Assert.Contains("\"decrypted\":true", (await TramaProcess.RunAsync(["trace", capture, "--json"])).Output, StringComparison.Ordinal);
        Assert.Contains("\"decrypted\":false", (await TramaProcess.RunAsync(["trace", output, "--json"])).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stays sealed", (await TramaProcess.RunAsync(["scrub", Captures.Lesson, output])).Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-", "out.pcap")]
    [InlineData("in.pcap", "-")]
    [InlineData("in.pcap", "in.pcap")]
    public async Task What_cannot_be_read_twice_is_refused(string from, string to)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["scrub", from, to, "--lang", "en"]);
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Single(ended.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_cut_capture_is_scrubbed_as_far_as_it_goes()
    {
        byte[] whole = await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken);
        string output = _folder["out.pcap"];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["scrub", Captures.Temporary("cut.pcap", whole[..^10]), output]);
        Assert.Equal(1, ended.Code);
        Assert.Equal(0, (await TramaProcess.RunAsync(["trace", output])).Code);
    }

    private static async Task<string[]> FieldsAsync(string capture)
    {
        TramaProcess.Ended trace = await TramaProcess.RunAsync(["trace", capture, "--lang", "en"]);
        return trace.Output.Split('\n')[0].Split('\t');
    }
}
