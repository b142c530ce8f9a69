using System.Diagnostics;

namespace Trama.Captures.Tests;

/// <summary>A program of this machine that results are compared with; the test is skipped where it is missing.</summary>
internal static class Tool
{
    /// <summary>Runs it to its end, and gives what it wrote to standard output.</summary>
    public static byte[] Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(TestData.Program(name), arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["TZ"] = "UTC";
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{name} does not end");
        return output.ToArray();
    }

    /// <summary>The same as text.</summary>
    public static string Text(string name, params string[] arguments) => System.Text.Encoding.UTF8.GetString(Run(name, arguments));
}
