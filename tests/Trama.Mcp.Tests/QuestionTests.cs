using System.Text.Json;

namespace Trama.Mcp.Tests;

/// <summary>A question in SQL is answered apart: what becomes of it is nothing to the server, nor to other questions.</summary>
public sealed class QuestionTests
{
    // Each takes some hundred MiB, which is within its limit.
    private const string Large = "SELECT count(*) AS n FROM (SELECT DISTINCT hash(range) AS h, range FROM range(9000000))";

    // One row of it takes seconds, during which nothing is heeded.
    private const string Heedless = "SELECT sum(length(replace(repeat('ab', 100000000), 'a', 'cd'))) FROM range(1000)";

    private const string Long = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";

    private static CaptureFolderOnDisk Folder()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("a.pcap", 80, "hello");
        McpSession.BringDuckdb(folder);
        return folder;
    }

    [Fact]
    public async Task Two_at_once_do_not_share_a_limit()
    {
        await using McpSession session = await McpSession.StartAsync(Folder());
        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => AskAsync(session, Large)));
        Assert.All(answers, answer => Assert.Equal(9_000_000, answer.GetProperty("rows")[0].GetProperty("n").GetInt64()));
    }

    [Fact]
    public async Task One_that_does_not_heed_its_time_ends_alone()
    {
        CaptureFolderOnDisk folder = Folder();
        await using McpSession session = await McpSession.StartAsync(folder, "--timeout", "1");
        foreach (string _ in (string[])["one", "another"])
            Assert.Equal("the question took too long (--timeout)", await RefusalAsync(session, Heedless));
        await session.AskAsync("list");
        Assert.Empty(folder.Tables);
    }

    [Fact]
    public async Task One_that_takes_too_much_memory_ends_alone()
    {
        CaptureFolderOnDisk folder = Folder();
        await using McpSession session = await McpSession.StartAsync(folder);
        Assert.Equal("the question took too much memory (--memory)",
            await RefusalAsync(session, "SELECT length(repeat('x', 2000000000) || repeat('y', 2000000000))"));
        await AnswersAsync(session);
        Assert.Empty(folder.Tables);
    }

    [Theory, InlineData(Heedless), InlineData(Long)]
    public async Task Cancelled_ones_leave_nothing_and_the_server_goes_on(string query)
    {
        CaptureFolderOnDisk folder = Folder();
        await using McpSession session = await McpSession.StartAsync(folder);
        using var cancelled = new CancellationTokenSource();
        var arguments = new Dictionary<string, object?> { ["file"] = "a.pcap", ["query"] = query };
        Task[] running = [.. Enumerable.Range(0, 2).Select(_ =>
            session.Client.CallToolAsync("sql", arguments, cancellationToken: cancelled.Token).AsTask())];
        await Patience.UntilAsync(() => folder.Tables.Length == 2 && folder.Tables.All(HoldsTables));
        await cancelled.CancelAsync();
        foreach (Task task in running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        await Patience.UntilAsync(() => folder.Tables.Length == 0);
        await AnswersAsync(session);
    }

    [Fact]
    public async Task One_goes_with_its_client()
    {
        using CaptureFolderOnDisk folder = Folder();
        using ServerProcess server = await AskedAsync(folder, Heedless);
        server.HangUp();
        Assert.Equal(0, await server.EndedAsync());
        Assert.Empty(folder.Tables);
    }

    [Theory, InlineData("TERM"), InlineData("INT"), InlineData("HUP")]
    public async Task One_goes_with_a_server_that_is_asked_to_end(string signal)
    {
        using CaptureFolderOnDisk folder = Folder();
        using ServerProcess server = await AskedAsync(folder, Heedless);
        await server.SignalAsync(signal);
        Assert.Equal(0, await server.EndedAsync());
        Assert.Empty(folder.Tables);
    }

    [Fact]
    public async Task One_whose_server_is_killed_ends_and_clears_up()
    {
        using CaptureFolderOnDisk folder = Folder();
        using ServerProcess server = await AskedAsync(folder, Heedless);
        server.Kill();
        await server.EndedAsync();
        await Patience.UntilAsync(() => folder.Tables.Length == 0);
    }

    [Fact]
    public async Task It_is_about_the_folder_that_was_opened_whatever_becomes_of_its_name()
    {
        CaptureFolderOnDisk folder = Folder();
        await using McpSession session = await McpSession.StartAsync(folder);
        Directory.Move(folder.Path, folder.Beside("moved"));
        Directory.CreateDirectory(folder.Path);
        folder.Write("other.pcap", 80, "hello");
        await AnswersAsync(session);
        Assert.Equal("other.pcap: no such file", await session.RefusalAsync("sql", ("file", "other.pcap"), ("query", "SELECT 1")));
    }

    private static bool HoldsTables(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any();

    private static async Task<ServerProcess> AskedAsync(CaptureFolderOnDisk folder, string query)
    {
        ServerProcess server = await ServerProcess.StartAsync(folder);
        await server.CallAsync(1, "sql", $$"""{"file":"a.pcap","query":"{{query}}"}""");
        await Patience.UntilAsync(() => folder.Tables is [var tables] && HoldsTables(tables));
        return server;
    }

    private static async Task AnswersAsync(McpSession session) =>
        Assert.Equal(1, (await AskAsync(session, "SELECT 1 AS n")).GetProperty("rows")[0].GetProperty("n").GetInt32());

    private static Task<JsonElement> AskAsync(McpSession session, string query) =>
        session.AskAsync("sql", ("file", "a.pcap"), ("query", query));

    private static Task<string> RefusalAsync(McpSession session, string query) =>
        session.RefusalAsync("sql", ("file", "a.pcap"), ("query", query));
}
