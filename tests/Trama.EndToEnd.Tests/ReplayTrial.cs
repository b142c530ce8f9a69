namespace Trama.EndToEnd.Tests;

/// <summary>What the capture of a server is worth: its clients hear the same of it, and it says the same to another such server.</summary>
internal static class ReplayTrial
{
    /// <summary>
    /// A client that says each of these things to a server hears the same of the server's capture, in their order and in the other one; and
    /// what was said has the same outcomes from a fresh server.
    /// </summary>
    /// <param name="folder">Where the capture goes.</param>
    /// <param name="port">The port of all servers.</param>
    /// <param name="startAsync">Starts the server.</param>
    /// <param name="sayAsync">Says one thing, and gives what was heard.</param>
    /// <param name="things">What is said; no two hear the same.</param>
    /// <param name="otherwiseAsync">Says things otherwise, such as over one connection, and gives what was heard of each; null for
    /// none.</param>
    /// <param name="served">More options of the played server.</param>
    /// <param name="sent">More options of the played clients.</param>
    public static async Task AssertAsync<TServer>(
        TemporaryFolder folder, int port, Func<Task<TServer>> startAsync, Func<string, Task<string>> sayAsync, string[] things,
        Func<string[], Task<string[]>>? otherwiseAsync = null, string[]? served = null, string[]? sent = null)
        where TServer : IAsyncDisposable
    {
        List<string> real = [];
        string capture;
        await using (TServer server = await startAsync())
        {
            async Task talkAsync()
            {
                foreach (string thing in things) real.Add(await sayAsync(thing));
            }

            capture = await LiveCapture.OfAsync(folder, port, talkAsync);
        }

        Assert.Equal(real.Count, real.Distinct().Count());
        await using (TramaProcess replay = await ServeAsync(capture, port, served ?? []))
        {
            for (int at = 0; at < things.Length; at++) Assert.Equal(real[at], await sayAsync(things[at]));
            for (int at = things.Length - 1; at >= 0; at--) Assert.Equal(real[at], await sayAsync(things[at]));
            if (otherwiseAsync is not null)
                Assert.Equal(Enumerable.Reverse(real), await otherwiseAsync([.. Enumerable.Reverse(things)]));
        }

        await using TServer fresh = await startAsync();
        await AssertSentAsync(capture, port, sent ?? ["--pace", "fast"]);
    }

    /// <summary>What captured clients said has the same outcomes now.</summary>
    public static async Task AssertSentAsync(string capture, int port, params string[] options)
    {
        TramaProcess.Ended told = await TramaProcess.RunAsync(
            ["send", $"127.0.0.1:{port}", "--replay", capture, "--fail-on", "outcome", .. options]);
        Assert.True(told.Code == 0, told.Output + told.Errors);
    }

    /// <summary>The captured server, at this port.</summary>
    public static async Task<TramaProcess> ServeAsync(string capture, int port, params string[] options)
    {
        string[] pace = options.Contains("--pace") ? [] : ["--pace", "fast"];
        var replay = TramaProcess.Start(["serve", "--replay", capture, .. pace, "--bind", "127.0.0.1", "--port", $"{port}", .. options]);
        await replay.LineAsync(line => line.Contains($"{port}", StringComparison.Ordinal));
        return replay;
    }
}
