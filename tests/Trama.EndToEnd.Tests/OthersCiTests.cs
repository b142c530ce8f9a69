using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// The action of GitHub and the template of GitLab, as far as they can be seen without either: their own scripts are run, with what the
/// service would set for them.
/// </summary>
public class OthersCiTests
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    public async Task The_action_of_GitHub_runs_a_command_and_tells_what_went_wrong(string command, int code)
    {
        await RequireRunAsync();
        using var folder = new TemporaryFolder();
        YamlMappingNode action = Read("eng/ci/github/action.yml");
        Dictionary<string, string> outputs = [], environment = new()
        {
            ["RUNNER_TEMP"] = folder[""],
            ["GITHUB_ACTION"] = "__trama",
            ["GITHUB_OUTPUT"] = folder["output"],
            ["GITHUB_PATH"] = folder["path"],
            ["GITHUB_STEP_SUMMARY"] = folder["summary.md"],
        };
        var given = new Dictionary<string, string> { ["run"] = command, ["trama"] = TramaProcess.Binary };
        int ended = 0;
        string told = "";
        foreach (YamlMappingNode step in Nodes(action["runs"]["steps"]))
        {
            foreach ((YamlNode name, YamlNode value) in ((YamlMappingNode)step["env"]).Children) environment[Text(name)] =
                Evaluated(Text(value), action, given, outputs);
            File.WriteAllText(folder["output"], "");
            TramaProcess.Ended done = await BashAsync(Text(step["run"]), environment);
            foreach (string line in File.ReadLines(folder["output"])) outputs[$"{Text(step["id"])}.{line.Split('=')[0]}"] =
                line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
            if (Text(step["id"]) == "run") ended = done.Code;
            else Assert.Equal((0, ""), (done.Code, done.Errors));
            told += done.Output;
        }

        Assert.Equal(code, ended);
        Assert.Matches("^::(error|warning|notice) title=", told);
        Assert.StartsWith("### ", File.ReadAllText(folder["summary.md"]), StringComparison.Ordinal);
        Assert.StartsWith("{\"$schema\":", File.ReadAllText(outputs["tell.sarif"]), StringComparison.Ordinal);
        Assert.StartsWith("<?xml ", File.ReadAllText(outputs["tell.junit"]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_input_becomes_part_of_a_script()
    {
        Assert.All(Nodes(Read("eng/ci/github/action.yml")["runs"]["steps"]), step =>
        {
            Assert.DoesNotContain("${{", Text(step["run"]), StringComparison.Ordinal);
            Assert.Equal("bash", Text(step["shell"]));
        });
    }

    [Theory]
    [InlineData("exit 5", 5, false)]
    [InlineData("(exec 3<>/dev/tcp/127.0.0.1/1) || exit 6", 6, true)]
    public async Task The_template_of_GitLab_fails_as_its_command_does_and_leaves_a_report(string command, int code, bool isFaulty)
    {
        await RequireRunAsync();
        using var folder = new TemporaryFolder();
        var job = (YamlMappingNode)Read("eng/ci/gitlab/trama.yml")[".trama"];
        File.CreateSymbolicLink(folder["trama"], TramaProcess.Binary);
        var environment = ((YamlMappingNode)job["variables"]).Children.ToDictionary(pair => Text(pair.Key), pair => Text(pair.Value));
        environment["TRAMA_COMMAND"] = command;
        environment["PATH"] = folder["."] + ":" + Environment.GetEnvironmentVariable("PATH");
        string main = $"cd {folder["."]}\n" + string.Join('\n', Lines(job["before_script"]).Concat(Lines(job["script"])));
        Assert.Equal(code, (await BashAsync(main, environment)).Code);
        Assert.True(new FileInfo(folder["trama.pcapng"]).Length > 0);
        Assert.Equal(0, (await BashAsync($"cd {folder["."]}\n" + string.Join('\n', Lines(job["after_script"])), environment)).Code);
        string junit = File.ReadAllText(folder["trama-junit.xml"]);
        Assert.StartsWith("<?xml ", junit, StringComparison.Ordinal);
        Assert.Equal(isFaulty, junit.Contains("<failure", StringComparison.Ordinal));
        Assert.StartsWith("### ", File.ReadAllText(folder["trama.md"]), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["trama.pcapng"]));
        Assert.Equal("trama-junit.xml", Text(job["artifacts"]["reports"]["junit"]));
    }

    private static async Task RequireRunAsync()
    {
        TramaProcess.Ended check = await TramaProcess.RunAsync(["run", "--check"]);
        Assert.SkipWhen(check.Code != 0, $"a network of its own is not allowed here: {check.Output}");
    }

    private static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        using var text = new StreamReader(Path.Combine(TestData.Root, path));
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Nodes(YamlNode list) => ((YamlSequenceNode)list).Cast<YamlMappingNode>();

    private static IEnumerable<string> Lines(YamlNode list) => ((YamlSequenceNode)list).Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    // The expressions that the action has: an input, or an output of a step.
    private static string Evaluated(
        string text, YamlMappingNode action, Dictionary<string, string> given, Dictionary<string, string> outputs) =>
        Regex.Replace(text, @"\$\{\{ (inputs|steps)\.([a-z.-]+) \}\}", found => found.Groups[1].Value == "inputs"
            ? given.GetValueOrDefault(found.Groups[2].Value) ?? Text(action["inputs"][found.Groups[2].Value]["default"])
            : outputs[found.Groups[2].Value.Replace(".outputs.", ".", StringComparison.Ordinal)]);

    private static async Task<TramaProcess.Ended> BashAsync(string script, Dictionary<string, string> environment)
    {
        string[] variables = [.. environment.Select(variable => $"{variable.Key}={variable.Value}")];
        return await TramaProcess.RunAsync("/usr/bin/env", [.. variables, "bash", "-eo", "pipefail", "-c", script]);
    }
}
