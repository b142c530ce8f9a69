using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>Help, manual pages and complaints in Portuguese have no English in them.</summary>
public class PortugueseTests
{
    private static readonly string[] EnglishValues =
        ["FILE", "KEY", "RULE", "COMMAND", "SECONDS", "SIZE", "TYPE", "NAME", "USER", "PORT", "TEXT", "LIST"];

    public static TheoryData<string> Complaints =>
    [
        "trace none.pcap", "trace", "trce", "trace --lader x", "trace {lesson} --sort x", "trace {lesson} --where bytes>>1",
        "trace {lesson} --connection 7", "trace {lesson} --connection", "trace {lesson} --between 1",
        "trace {lesson} --svg /none/x.svg", "trace {lesson} --json --ladder", "trace {lesson} {lesson}", "trace -i none",
        "trace {lesson} --keys {lesson}", "follow {lesson} 9", "follow {lesson} --to-client", "follow none",
        "diagnose {lesson} --fail-on x", "diagnose --explain x", "dump -r none", "dump -q -Z", "dump -r {lesson} nonsense filter",
        "serve --port 70000", "serve --bind x", "serve --fault x", "serve --framing x", "serve --reply-file /none",
        "serve --exec /none --reply x", "serve --max-memory x", "serve --unix /none/x", "send", "send 127.0.0.1",
        "send 127.0.0.1 1 hi", "send 127.0.0.1 1 hi --tls --udp", "send none.invalid 1 hi", "send 127.0.0.1 1 --timeout x",
        "load 127.0.0.1 1 --duration 1s", "load 127.0.0.1", "load 127.0.0.1 1 --rate x", "relay", "relay x y",
        "relay 0 127.0.0.1:1 --pcapng /none/x", "demo --fault x", "help x", "completions x",
    ];

    [Fact]
    public async Task Help_of_every_command_is_Portuguese()
    {
        string root = (await TramaProcess.RunAsync(["--help", "--lang", "pt"])).Output;
        string[] commands = [.. Regex.Matches(root, @"^  ([a-z]+)  ", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        Assert.Contains("trace", commands);
        IEnumerable<string[]> lines = commands.SelectMany(command =>
            new[] { new[] { command, "--help" }, [command, "-h"], ["help", command, "--man"] });
        foreach (string[] args in lines.Append(["--help"]))
        {
            string help = (await TramaProcess.RunAsync([.. args, "--lang", "pt"])).Output;
            Assert.NotEmpty(help);
            Assert.Empty(EnglishWords.Sentences(help));
            Assert.DoesNotContain(EnglishValues, value => Regex.IsMatch(help, $@"(?<![\w$]){value}(?!\w)"));
        }
    }

    [Theory, MemberData(nameof(Complaints))]
    public async Task A_complaint_is_Portuguese(string line)
    {
        string[] args = [.. line.Replace("{lesson}", Captures.Lesson, StringComparison.Ordinal).Split(' ')];
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", ["TRAMA_LANG=pt", "timeout", "20", TramaProcess.Binary, .. args]);
        Assert.NotEqual(0, ended.Code);
        Assert.Empty(EnglishWords.Sentences(ended.Errors));
    }
}
