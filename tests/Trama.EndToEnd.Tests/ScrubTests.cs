using System.Diagnostics;

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

    [Fact]
    public async Task What_is_no_file_is_not_replaced_and_a_link_stays_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there are other kinds of files elsewhere");
        string pipe = _folder["pipe"], target = _folder["target.pcap"], link = _folder["link.pcap"], own = _folder["target.pcap.part"];
        using (Process made = Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        TramaProcess.Ended refused = await TramaProcess.RunAsync(["scrub", Captures.Lesson, pipe, "--lang", "en"]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("name a file", refused.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(pipe) && new FileInfo(pipe).Length == 0);

        await File.WriteAllTextAsync(target, "before", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(own, "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, target);
        Assert.Equal(0, (await TramaProcess.RunAsync(["scrub", Captures.Lesson, link])).Code);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal(0, (await TramaProcess.RunAsync(["trace", target])).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(own, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_no_capture_leaves_what_was_there()
    {
        string output = _folder["out.pcap"], notes = _folder["notes.txt"];
        await File.WriteAllTextAsync(output, "before", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(notes, "no capture, but a note", TestContext.Current.CancellationToken);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["scrub", notes, output, "--lang", "en"]);
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.Contains("is not a capture file", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("before", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
    }

    private static async Task<string[]> FieldsAsync(string capture)
    {
        TramaProcess.Ended trace = await TramaProcess.RunAsync(["trace", capture, "--lang", "en"]);
        return trace.Output.Split('\n')[0].Split('\t');
    }
}
