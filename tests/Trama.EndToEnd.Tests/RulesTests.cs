namespace Trama.EndToEnd.Tests;

public class RulesTests
{
    private const string Json = """
        // One comment,
        [ {"regex": "^add ([0-9]+) ([0-9]+)$", "reply": "$1+$2"}, /* and another */ {"reply": "?", "then": "close"}, ]
        """;

    private const string Yaml = """
        # The same in YAML.
        - regex: ^add ([0-9]+) ([0-9]+)$
          reply: $1+$2
        - reply: "?"
          then: close
        """;

    [Theory]
    [InlineData("rules.json", Json)]
    [InlineData("rules", Json)]
    [InlineData("rules.yaml", Yaml)]
    [InlineData("rules", Yaml)]
    public async Task Answers_by_rules(string name, string rules)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder[name], rules, TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--rules", folder[name], "--framing", "lines",
            "--keep-open");
        int port = await ServeTests.PortAsync(server);
        Assert.Equal("1+2\n",
            (await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "add 1 2", "--framing", "lines", "--raw"])).Output);
        Assert.Equal("?\n", (await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{port}", "sub 1 2", "--framing", "lines", "--raw"])).Output);
    }

    [Theory]
    [InlineData("r.json", "{}", "1:1: expected [ and rules, got {")]
    [InlineData("r", "[\n  {\"text\": \"ação\", \"answer\": \"b\"}]", "2:20: unknown member 'answer'; there are: text, prefix, regex, "
        + "reply, delay, then")]
    [InlineData("r", "[{\"text\": 5}]", "1:11: expected a text, \"…\", got 5")]
    [InlineData("r", "[{\"regex\": \"(\"}]", "1:12: not a regular expression: InsufficientClosingParentheses at its character 1")]
    [InlineData("r", "[{\"delay\": \"5\"}]", "1:12: expected a duration such as 500ms or 2s, got '5'")]
    [InlineData("r", "[\n{\"text\" \"ã\"}]", "2:9: '\"' is invalid after a property name. Expected a ':'.")]
    [InlineData("r", "[{\"text\": \"\\ud800\"}]", "1:11: not Unicode: bytes that are no UTF-8, or half of a surrogate pair")]
    [InlineData("r.json", "\n", "1:1: expected [ and rules, got nothing")]
    [InlineData("r.yaml", "text: a", "1:1: expected a list of rules, - …, got a mapping")]
    [InlineData("r", "- text: a\n  answer: b\n", "2:3: unknown member 'answer'; there are: text, prefix, regex, reply, delay, then")]
    [InlineData("r", "- reply: a\n  reply: b\n", "2:3: 'reply' is there twice")]
    [InlineData("r", "- {text: ação, then: stop}", "1:22: expected close or reset, got 'stop'")]
    [InlineData("r.yml", "- delay: [1s]", "1:10: expected a text, got a list")]
    [InlineData("r.yml", "- text: \"a", "1:9: While scanning a quoted scalar, found unexpected end of stream.")]
    public async Task What_is_wrong_is_told_with_its_place(string name, string rules, string told)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder[name], rules, TestContext.Current.CancellationToken);
        Assert.Equal(
            new TramaProcess.Ended(1, "", $"trama: {folder[name]}:{told}\n"),
            await TramaProcess.RunAsync(["serve", "--port", "0", "--rules", folder[name]]));
    }

    [Theory]
    // Trying one way after the other, the first half would take longer than the universe has existed.
    [InlineData("^(a+)+$|!$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")]
    [InlineData("^(a)\\1$", "aa")]
    public async Task Patterns_answer_in_their_time(string pattern, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["r.yaml"], $"- {{regex: '{pattern}', reply: matched}}\n- reply: other",
            TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--rules", folder["r.yaml"]);
        Assert.StartsWith("matched",
            (await TramaProcess.RunAsync(["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", message, "--raw"])).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_end_is_refused() =>
        Assert.Equal(new TramaProcess.Ended(1, "", "trama: /dev/zero: larger than 64MiB\n"),
            await TramaProcess.RunAsync(["serve", "--port", "0", "--rules", "/dev/zero"]));
}
