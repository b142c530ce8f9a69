namespace Trama.EndToEnd.Tests;

/// <summary>What trama makes of command lines that are nearly right, and how shells learn of it.</summary>
public class DiscoveryTests
{
    [Theory]
    [InlineData("trce", "trama: unknown command 'trce'; did you mean trace? (trama --help)")]
    [InlineData("help diganose", "trama: there is no command 'diganose'; did you mean diagnose?")]
    [InlineData("trace --lader", "trama: unknown option '--lader'; did you mean --ladder? (trama trace --help)")]
    [InlineData("serve --prot 80", "trama: unknown option '--prot'; did you mean --port? (trama serve --help)")]
    [InlineData("xyzzy", "trama: unknown command 'xyzzy' (trama --help)")]
    [InlineData("--lang pt trce", "trama: comando desconhecido: 'trce'; você quis dizer trace? (trama --help)")]
    public async Task A_near_miss_is_told_what_was_perhaps_meant(string line, string told) =>
        Assert.Equal(new TramaProcess.Ended(2, "", told + "\n"), await TramaProcess.RunAsync(line.Split(' ')));

    [Fact]
    public async Task A_capture_needs_no_command_and_in_a_pipe_no_name()
    {
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", Captures.Lesson]);
        Assert.Contains("Olá, servidor!", traced.Output, StringComparison.Ordinal);
        Assert.Equal(traced, await TramaProcess.RunAsync([Captures.Lesson]));
        Assert.Equal(await TramaProcess.RunAsync(["trace", "--json", Captures.Lesson, "--lang", "pt"]),
            await TramaProcess.RunAsync(["--lang", "pt", Captures.Lesson, "--json"]));
        Assert.Equal(traced, await TramaProcess.RunAsync("/bin/sh", ["-c", "\"$0\" trace < \"$1\"", TramaProcess.Binary, Captures.Lesson]));
    }

    [Fact]
    public async Task Only_at_the_root_is_a_capital_V_the_version()
    {
        TramaProcess.Ended version = await TramaProcess.RunAsync(["-V"]);
        Assert.Matches(@"\A\d+\.\d+\.\d+\n\z", version.Output);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["list"], Captures.Lesson + "\n");
        TramaProcess.Ended dump = await TramaProcess.RunAsync(["dump", "-n", "-V", folder["list"]]);
        Assert.Contains("Flags [S]", dump.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trama tra", "trace")]
    [InlineData("trama trace --lad", "--ladder")]
    [InlineData("trama serve --no-delay o", "on off")]
    [InlineData("trama dump -Q i", "in inout")]
    [InlineData("trama --lang pt help diag", "diagnose")]
    [InlineData("trama completions z", "zsh")]
    public async Task Bash_completes_words(string line, string words)
    {
        const string Script = """
            source <("$0" completions bash)
            COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _trama
            echo "${COMPREPLY[*]}"
            """;
        TramaProcess.Ended ended = await TramaProcess.RunAsync(TestData.Program("bash"),
            ["--norc", "-c", Script, TramaProcess.Binary, line]);
        Assert.Equal(new TramaProcess.Ended(0, words + "\n", ""), ended);
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Other_shells_can_read_their_completions(string shell, string check)
    {
        using var folder = new TemporaryFolder();
        string program = TestData.Program(shell);
        File.WriteAllText(folder["script"], (await TramaProcess.RunAsync(["completions", shell, "--lang", "pt"])).Output);
        Assert.Equal(new TramaProcess.Ended(0, "", ""), await TramaProcess.RunAsync(program, [check, folder["script"]]));
    }
}
