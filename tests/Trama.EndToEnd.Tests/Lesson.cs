namespace Trama.EndToEnd.Tests;

/// <summary>The lesson's own programs, as they are but for the port.</summary>
internal static class Lesson
{
    /// <summary>Starts one of the lesson's scripts on another port; skips the test where there is no Python.</summary>
    public static TramaProcess Start(string script, int port)
    {
        string program = File.ReadAllText(script);
        Assert.Contains("PORT = 5000", program, StringComparison.Ordinal);
        return TramaProcess.Start(TestData.Program("python3"),
            ["-c", program.Replace("PORT = 5000", $"PORT = {port}", StringComparison.Ordinal)]);
    }

    /// <summary>Runs one of the lesson's scripts to its end.</summary>
    public static async Task<TramaProcess.Ended> RunAsync(string script, int port)
    {
        await using TramaProcess process = Start(script, port);
        return await process.EndAsync();
    }
}
