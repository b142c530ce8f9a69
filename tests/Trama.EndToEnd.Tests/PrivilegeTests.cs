namespace Trama.EndToEnd.Tests;

/// <summary>As root through sudo: who does what, and to whom belongs what is written.</summary>
public class PrivilegeTests
{
    private const string Nobody = "65534";
    private static readonly string[] UnderSudo = [$"SUDO_UID={Nobody}", $"SUDO_GID={Nobody}", TramaProcess.Binary];

    [Theory]
    [InlineData("serve --port {0} --bind 127.0.0.1 --record {1}")]
    [InlineData("serve --port {0} --bind 127.0.0.1 --udp --record {1}")]
    [InlineData("relay 127.0.0.1:{0} 127.0.0.1:9 --pcapng {1}")]
    public async Task A_port_below_1024_is_opened_and_everything_else_done_as_the_caller(string line)
    {
        await RequireSudoAsync();
        using TemporaryFolder folder = await OpenFolderAsync();
        string[] args = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, 800 + Environment.ProcessId % 100,
            folder["written"]).Split(' ');
        await using TramaProcess process = TramaProcess.Start("env", [.. UnderSudo, .. args]);
        await (line.StartsWith("relay", StringComparison.Ordinal)
            ? process.ErrorAsync(text => text.Contains("relaying", StringComparison.OrdinalIgnoreCase)
            || text.Contains("->", StringComparison.Ordinal) || text.Contains('→', StringComparison.Ordinal))
            : process.LineAsync(_ => true));
        string status = await File.ReadAllTextAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken);
        Assert.Contains($"Uid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}\n", status, StringComparison.Ordinal);
        Assert.Contains($"Gid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}\n", status, StringComparison.Ordinal);
        process.Signal("TERM");
        await process.EndAsync();
        Assert.Equal($"{Nobody} {Nobody}\n", (await TramaProcess.RunAsync("stat", ["-c", "%u %g", folder["written"]])).Output);
    }

    [Fact]
    public async Task Commands_of_a_server_run_as_the_caller()
    {
        await RequireSudoAsync();
        await using TramaProcess server = TramaProcess.Start(
            "env", [.. UnderSudo, "serve", "--port", "0", "--shell", "id -u; grep ^Uid: /proc/self/status"]);
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "who?", "--raw"]);
        Assert.Equal($"{Nobody}\nUid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}\n", client.Output);
    }

    [Theory]
    [InlineData("SUDO_UID=x")]
    [InlineData("SUDO_UID=-1")]
    [InlineData("SUDO_UID=4294967295")]
    [InlineData("SUDO_UID=65534 SUDO_GID=")]
    public async Task Who_called_must_be_clear(string variables)
    {
        await RequireSudoAsync();
        string[] follow = [.. variables.Split(' '), TramaProcess.Binary, "follow", Captures.Lesson];
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", follow);
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.StartsWith("trama: SUDO_UID and SUDO_GID do not say who called sudo", ended.Errors, StringComparison.Ordinal);
        TramaProcess.Ended asRoot = await TramaProcess.RunAsync("env", [.. follow, "-Z", "root"]);
        Assert.Equal((0, "trama: all is done as root (-Z root)\n"), (asRoot.Code, asRoot.Errors));
    }

    [Fact]
    public async Task Nothing_is_written_through_the_link_of_another()
    {
        await RequireSudoAsync();
        using TemporaryFolder folder = await OpenFolderAsync();
        await TramaProcess.RunAsync("chmod", ["1777", folder["."]]);
        string target = Captures.Temporary("target", "untouched"u8.ToArray());
        await TramaProcess.RunAsync("chmod", ["666", target]);
        await TramaProcess.RunAsync("ln", ["-s", target, folder["link"]]);
        await TramaProcess.RunAsync("chown", ["-h", "1234", folder["link"]]);
        foreach (string line in (string[])["trace {0} --html {1}", "dump -r {0} -w {1}", "serve --port 0 --record {1}",
            "relay 0 127.0.0.1:9 --pcapng {1}"])
        {
            string[] args = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Captures.Lesson, folder["link"])
                .Split(' ');
            TramaProcess.Ended ended = await TramaProcess.RunAsync("env", ["-u", "SUDO_UID", TramaProcess.Binary, .. args]);
            Assert.Equal(1, ended.Code);
            Assert.Contains("a link that another user has put into a folder open to all is not followed", ended.Errors,
                StringComparison.Ordinal);
        }

        Assert.Equal("untouched", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
    }

    private static async Task RequireSudoAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "this test needs root, as sudo gives it");
        TramaProcess.Ended trial = await TramaProcess.RunAsync(TestData.Program("setpriv"),
            ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--", TramaProcess.Binary, "--version"]);
        Assert.SkipWhen(trial.Code != 0, "the nobody user may not run the build");
    }

    private static async Task<TemporaryFolder> OpenFolderAsync()
    {
        var folder = new TemporaryFolder();
        await TramaProcess.RunAsync("chmod", ["777", folder["."]]);
        return folder;
    }
}
