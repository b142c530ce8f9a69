using System.Diagnostics;
using System.Text.Json;

namespace Trama.Mcp.Tests;

/// <summary>What a list leaves out, it tells.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Folders_too_deep_links_and_names_that_are_no_text_are_counted()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("own.pcap", 80, "hello");
        string deepest = string.Join('/', Enumerable.Repeat("d", 8));
        Directory.CreateDirectory(folder[deepest + "/below"]);
        Directory.CreateDirectory(folder[deepest + "/beside"]);
        folder.Write(deepest + "/deep.pcap", 80, "hello");
        folder.Write(deepest + "/below/deeper.pcap", 80, "hello");
        File.CreateSymbolicLink(folder["link.pcap"], folder["own.pcap"]);
        await RunAsync("sh", "-c", "cp \"$1/own.pcap\" \"$1/$(printf '\\351')t.pcap\"", "sh", folder.Path);
        await using McpSession session = await McpSession.StartAsync(folder);
        JsonElement list = await session.AskAsync("list");
        Assert.Equal([deepest + "/deep.pcap", "own.pcap"],
            list.GetProperty("captures").EnumerateArray().Select(row => row.GetProperty("file").GetString()));
        Assert.Equal(
            [
                "left out: folders that lie deeper than 8 folders (2)", "left out: symbolic links, which are not followed (1)",
                "left out: files and folders whose names are not UTF-8 (1)",
            ],
            list.GetProperty("cut").EnumerateArray().Select(cut => cut.GetString()));
        // .NET has no word for it either.
        await RunAsync("sh", "-c", "rm \"$1\"/*t.pcap", "sh", folder.Path);
    }

    [Fact]
    public async Task What_cannot_be_read_is_counted()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "this user may read everything");
        var folder = new CaptureFolderOnDisk();
        folder.Write("open.pcap", 80, "hello");
        folder.Write("closed.pcap", 80, "hello");
        Directory.CreateDirectory(folder["closed"]);
        folder.Write("closed/inner.pcap", 80, "hello");
        await RunAsync("chmod", "0", folder["closed.pcap"], folder["closed"]);
        await using McpSession session = await McpSession.StartAsync(folder);
        JsonElement list = await session.AskAsync("list");
        Assert.Equal("open.pcap", Assert.Single(list.GetProperty("captures").EnumerateArray()).GetProperty("file").GetString());
        Assert.Equal("left out: files and folders that cannot be read (2)",
            Assert.Single(list.GetProperty("cut").EnumerateArray()).GetString());
        await RunAsync("chmod", "700", folder["closed"]);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_no_empty_list()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("own.pcap", 80, "hello");
        await using McpSession session = await McpSession.StartAsync(folder);
        Directory.Delete(folder.Path, recursive: true);
        Directory.CreateDirectory(folder.Path);
        Assert.Equal("the folder is gone that the server was started with", await session.RefusalAsync("list"));
        Assert.Equal("the folder is gone that the server was started with", await session.RefusalAsync("trace", ("file", "own.pcap")));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process made = Process.Start(program, arguments);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, made.ExitCode);
    }
}
