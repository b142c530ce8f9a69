namespace Trama.EndToEnd.Tests;

public class ColourTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("--color always", "", true)]
    [InlineData("--color never", "FORCE_COLOR=1", false)]
    [InlineData("--color auto", "CLICOLOR_FORCE=1", true)]
    [InlineData("", "FORCE_COLOR=1", true)]
    [InlineData("", "CLICOLOR_FORCE=0", false)]
    [InlineData("", "FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData("--color always", "NO_COLOR=1", true)]
    public async Task Colour_is_chosen_in_one_place_for_every_command(string options, string variables, bool isColoured)
    {
        foreach (string command in (string[])["trace", "trace --ladder", "trace --summary", "follow", "diagnose", "dump -r"])
        {
            string[] args = ["-u", "NO_COLOR", "-u", "FORCE_COLOR", "-u", "CLICOLOR_FORCE", .. Words(variables), TramaProcess.Binary,
                .. Words(command), Captures.Lesson, .. Words(options)];
            TramaProcess.Ended ended = await TramaProcess.RunAsync("/usr/bin/env", args);
            Assert.Equal(0, ended.Code);
            Assert.Equal((command, isColoured), (command, ended.Output.Contains('\e', StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("trace")]
    [InlineData("dump -r")]
    [InlineData("serve --port 0 --once --idle 50ms")]
    public async Task Nothing_is_sent_to_a_terminal_before_the_output(string command)
    {
        // Runs the command on a terminal of its own, and passes on what it writes there.
        const string OnTerminal = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";
        bool isServer = command.StartsWith("serve", StringComparison.Ordinal);
        string[] words = [.. Words(command), .. command is "trace" or "dump -r" ? [Captures.Lesson] : Array.Empty<string>(), "--color",
            "never"];
        await using TramaProcess process = TramaProcess.Start(TestData.Program("python3"),
            ["-c", OnTerminal, TramaProcess.Binary, .. words]);
        string first = await process.LineAsync(_ => true);
        Assert.DoesNotContain('\e', first);
        if (!isServer) Assert.DoesNotContain('\e', (await process.EndAsync()).Output);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
