namespace Trama.EndToEnd.Tests;

/// <summary>A long reading says on the terminal how far it has come, and nothing of that stays.</summary>
public class ProgressTests
{
    private const string ClearLine = "\u001b[K";

    [Theory]
    [InlineData("trace {0} --json", "read,")]
    [InlineData("diagnose {0} --lang pt", "lidos,")]
    [InlineData("dump -n -r {0}", "read,")]
    [InlineData("follow {0} --raw", "read,")]
    public async Task A_reading_that_lasts_is_told_and_the_line_is_taken_away_before_any_other(string command, string words)
    {
        using var folder = new TemporaryFolder();
        string pipe = folder["slow.pcap"];
        await TramaProcess.RunAsync(TestData.Program("mkfifo"), [pipe]);
        await using TramaProcess terminal = InTerminal($"{string.Format(null, command, pipe)} > /dev/null");
        await using (var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            byte[] capture = await File.ReadAllBytesAsync(Captures.Lesson, TestContext.Current.CancellationToken);
            await writer.WriteAsync(capture.AsMemory(0, capture.Length - 5), TestContext.Current.CancellationToken);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            string told = await terminal.LineAsync(line => line.Contains(words, StringComparison.Ordinal));
            Assert.StartsWith("slow.pcap: ", told, StringComparison.Ordinal);
            Assert.EndsWith(ClearLine, told, StringComparison.Ordinal);
        }

        string cut = await terminal.LineAsync(line => line.Contains("trama: ", StringComparison.Ordinal));
        Assert.StartsWith(ClearLine + "trama: ", cut, StringComparison.Ordinal);
        Assert.Equal(1, (await terminal.EndAsync()).Code);
    }

    [Fact]
    public async Task A_load_is_told_unless_that_is_refused()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--quiet");
        string load = $"load 127.0.0.1 {await ServeTests.PortAsync(server)} -c 1 --rate 100/s --duration 3s";
        await using TramaProcess told = InTerminal(load), untold = InTerminal(load + " --no-progress");
        await told.LineAsync(line => line.StartsWith("1 s  ", StringComparison.Ordinal));
        Assert.Matches($@"{System.Text.RegularExpressions.Regex.Escape(ClearLine)}(\u001b\[[0-9]*m)*answered", (await told.EndAsync()).Output);
        string output = (await untold.EndAsync()).Output;
        Assert.Contains("answered", output, StringComparison.Ordinal);
        Assert.DoesNotContain(ClearLine, output, StringComparison.Ordinal);
    }

    private static TramaProcess InTerminal(string command) =>
        TramaProcess.Start(TestData.Program("script"), ["-qefc", $"{TramaProcess.Binary} {command}", "/dev/null"]);
}
