using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Trama.Testing.Tests;

/// <summary>The same assertions in other frameworks: what passes, what fails and how, and what is skipped and why.</summary>
public class FrameworkTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    [Theory, InlineData("NUnit"), InlineData("MSTest")]
    public async Task Tests_pass_fail_and_are_skipped_in_each_framework(string framework)
    {
        (int code, string said) = await RunAsync($"Trama.Testing.{framework}");
        string counted = string.Join(' ', Regex.Matches(said, @"^  (?:total|failed|succeeded|skipped): (\d+)$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value));
        Assert.True(counted == "3 1 1 1", $"{counted}:\n{said}");
        Assert.Matches(@"(?m)^failed Fails\b", said);
        Assert.Matches(@"(?m)^skipped Is_skipped\b", said);
        Assert.Equal(2, code);
        Assert.Contains("WireAssertionException", said, StringComparison.Ordinal);
        foreach (string shown in (string[])
        [
            "expected 9 round trips, and there are 2", "connection 1", "request 1 · 6 B · “hello\\n”",
            "segments cannot be seen: a relay was asked for",
        ]) Assert.Contains(shown, said, StringComparison.Ordinal);
        // On a busy machine the server may be found slow.
        Assert.Matches("Nothing went wrong here: 1 connection|Verdict: the fault is ", said);
    }

    private static async Task<(int Code, string Said)> RunAsync(string project)
    {
        // Built as these tests are: bin/Release/net10.0.
        string built = Path.Combine(AppContext.BaseDirectory.TrimEnd('/').Split('/')[^3..]);
        string program = Path.Combine(TestData.Root, "tests/Acting/Samples", project, built, project);
        var start = new ProcessStartInfo(program, ["--no-ansi", "--no-banner"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["TESTINGPLATFORM_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(s_deadline);
        try
        {
            string said = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, said);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
