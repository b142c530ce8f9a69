using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>What the README tells people to type works as it says.</summary>
public class ReadmeTests
{
    private static readonly string[] Documents = ["README.md", "README.pt-BR.md"];

    public static TheoryData<string> CommandLines =>
        [.. Documents.SelectMany(Lines).Where(line => !line.StartsWith("demo", StringComparison.Ordinal)
        || line.EndsWith("list", StringComparison.Ordinal)).Distinct()];

    [Theory, MemberData(nameof(CommandLines))]
    public async Task Each_command_in_it_runs(string line)
    {
        string[] words = [.. Regex.Matches(line, "'([^']*)'|(\\S+)")
            .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)];
        switch (words[0])
        {
            case "serve":
                await using (TramaProcess server = TramaProcess.Start([.. words, "--port", "0"])) await EndedByAsync(server, "TERM");
                break;
            case "send":
                await using (TramaProcess server = TramaProcess.Start("serve", "--port", "0"))
                {
                    string port = $"{await ServeTests.PortAsync(server)}";
                    TramaProcess.Ended client = await TramaProcess.RunAsync([.. words.Select(word => word == "5000" ? port : word)]);
                    Assert.Equal(new TramaProcess.Ended(0, "Server reply: Message received successfully!\n", ""), client);
                }

                break;
            case "dump" or "trace" when words.Contains("-i"):
                await Captures.RequireLiveAsync();
                await using (TramaProcess capture = TramaProcess.Start(words))
                {
                    await capture.ErrorAsync(text => text.Contains($"listening on {words[2]}", StringComparison.Ordinal));
                    capture.Signal("INT");
                    Assert.Equal(0, (await capture.EndAsync()).Code);
                }

                break;
            case "ps":
                // It says on standard error whose sockets it may not see.
                TramaProcess.Ended list = await TramaProcess.RunAsync(words);
                Assert.Equal(0, list.Code);
                Assert.StartsWith("  ", list.Output, StringComparison.Ordinal);
                break;
            default:
                TramaProcess.Ended ended = await TramaProcess.RunAsync([.. words.Select(InPlace)]);
                Assert.Equal((0, ""), (ended.Code, ended.Errors));
                Assert.NotEmpty(ended.Output);
                break;
        }
    }

    // Every option that the table of commands names is one of that command.
    [Fact]
    public async Task Each_option_in_its_table_is_one()
    {
        int options = 0;
        foreach (string row in Documents.SelectMany(document => File.ReadLines(Path.Combine(TestData.Root, document)))
            .Where(line => Regex.IsMatch(line, @"^\|[^|]*\| `trama \w")))
        {
            string command = Regex.Match(row, @"`trama (\w+)").Groups[1].Value;
            string help = (await TramaProcess.RunAsync([command, "--help"])).Output;
            foreach (Match option in Regex.Matches(row, @"(?<![\w-])--[a-z][a-z-]+"))
            {
                Assert.True(help.Contains(option.Value, StringComparison.Ordinal), $"{command} has no {option.Value}");
                options++;
            }
        }

        Assert.NotEqual(0, options);
    }

    private static async Task EndedByAsync(TramaProcess process, string signal)
    {
        await process.LineAsync(_ => true);
        process.Signal(signal);
        Assert.Equal(0, (await process.EndAsync()).Code);
    }

    private static string InPlace(string word) => word switch
    {
        "capture.pcap" or "captura.pcap" => Captures.Lesson,
        "no-reply.pcap" => Path.Combine(Path.GetDirectoryName(Captures.Lesson)!, word),
        "client.pcap" or "cliente.pcap" => TestData.Shared("faults/packet-loss/random-1/client.pcap"),
        "server.pcap" or "servidor.pcap" => TestData.Shared("faults/packet-loss/random-1/server.pcap"),
        _ => word,
    };

    // The command lines in the blocks of code, without a prompt and a remark.
    private static IEnumerable<string> Lines(string document)
    {
        bool isCode = false;
        foreach (string line in File.ReadLines(Path.Combine(TestData.Root, document)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            else if (isCode && Regex.Match(line, @"^(?:\$ )?(?:sudo )?(?:\./)?trama (.*?)(?:\s+#.*)?$") is
            { Success: true } match) yield return match.Groups[1].Value;
        }
    }
}
