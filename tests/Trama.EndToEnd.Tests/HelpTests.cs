namespace Trama.EndToEnd.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands => ["serve", "send", "relay", "load", "dump", "trace", "follow", "run", "ps", "web", "view",
        "diagnose", "again", "demo", "sql", "scrub", "watch", "history", "explain", "completions"];

    [Theory]
    [InlineData("en", "Be the server", "Be:")]
    [InlineData("pt", "Seja o servidor", "Ser:")]
    public async Task Help_speaks_the_chosen_language(string language, string words, string group)
    {
        TramaProcess.Ended help = await TramaProcess.RunAsync(["--help", "--lang", language]);
        Assert.Equal(0, help.Code);
        Assert.Contains(words, help.Output, StringComparison.Ordinal);
        Assert.Contains($"\n{group}\n", help.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Help_is_the_same_however_it_is_asked_for(string command)
    {
        TramaProcess.Ended byOption = await TramaProcess.RunAsync([command, "--help"]),
            byCommand = await TramaProcess.RunAsync(["help", command]);
        Assert.Equal(byOption, byCommand);
        Assert.Contains("\nExamples:\n", byOption.Output, StringComparison.Ordinal);
        TramaProcess.Ended inShort = await TramaProcess.RunAsync([command, "-h"]);
        Assert.True(inShort.Output.Length < byOption.Output.Length);
        Assert.EndsWith("\n--help says more, with examples.\n", inShort.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Help_is_as_wide_as_asked_for(string command)
    {
        TramaProcess.Ended help = await TramaProcess.RunAsync("/usr/bin/env", ["COLUMNS=70", TramaProcess.Binary, command, "--help"]);
        string options = help.Output.Split("\nExamples:\n")[0];
        // A word that is longer has a line of its own.
        Assert.DoesNotContain(options.Split('\n'), line => line.Length > 70 && line.Trim().Contains(' ', StringComparison.Ordinal)
            && !line.StartsWith("  trama", StringComparison.Ordinal));
        Assert.Contains(options.Split('\n'), line => line.Length > 55);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task An_option_has_a_name_of_its_own(string command)
    {
        TramaProcess.Ended help = await TramaProcess.RunAsync([command, "--help"]);
        IEnumerable<string> names = help.Output.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', ',').Where(word => word.StartsWith("--", StringComparison.Ordinal)).Take(1));
        Assert.NotEmpty(names);
        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Manual_pages_have_no_errors(string command)
    {
        TramaProcess.Ended page = await TramaProcess.RunAsync(["help", command, "--man", "--lang", "pt"]);
        TramaProcess.Ended read = await TramaProcess.RunAsync(TestData.Program("groff"), ["-man", "-Kutf8", "-Tutf8", "-ww", "-z"],
            page.Output);
        Assert.Equal(new TramaProcess.Ended(0, "", ""), read);
        Assert.StartsWith($".TH TRAMA-{command.ToUpperInvariant()} 1", page.Output, StringComparison.Ordinal);
        Assert.Contains("\n.SH EXEMPLOS\n", page.Output, StringComparison.Ordinal);
    }
}
