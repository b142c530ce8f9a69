using System.Diagnostics;
using System.Text.Json;

namespace Trama.Mcp.Tests;

/// <summary>Nothing is read but regular files below the folder.</summary>
public sealed class FolderTests
{
    [Fact]
    public async Task Whatever_leads_elsewhere_is_refused()
    {
        var folder = new CaptureFolderOnDisk();
        CaptureFolderOnDisk.WriteTo(folder.Beside("secret.pcap"), 80, "hello");
        folder.Write("own.pcap", 80, "hello");
        File.CreateSymbolicLink(folder["link.pcap"], folder.Beside("secret.pcap"));
        File.CreateSymbolicLink(folder["inner.pcap"], folder["own.pcap"]);
        File.CreateSymbolicLink(folder["up"], folder.Beside("."));
        Directory.CreateDirectory(folder["below"]);
        using (Process made = Process.Start("mkfifo", folder["fifo.pcap"]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using McpSession session = await McpSession.StartAsync(folder);
        const string outside = "leads out of the folder", link = "a symbolic link, which is not followed", irregular = "is no regular file";
        foreach ((string name, string reason) in ((string, string)[])
        [
            ("../secret.pcap", outside), ("below/../../secret.pcap", outside), ("below/../own.pcap", outside), ("..", outside),
            (folder.Beside("secret.pcap"), outside), (folder["own.pcap"], outside), ("/dev/null", outside), ("/proc/self/fd/0", outside),
            ("", outside), ("own.pcap\0", outside), ("link.pcap", link), ("inner.pcap", link), ("up/secret.pcap", link),
            ("fifo.pcap", irregular), ("below", irregular), (".", irregular), ("none.pcap", "no such file"), ("own.pcap/x", "no such file"),
        ])
        {
            foreach (string tool in (string[])["trace", "diagnose", "follow"])
                Assert.Equal($"{name}: {reason}", await session.RefusalAsync(tool, ("file", name)));
        }

        JsonElement list = await session.AskAsync("list");
        Assert.Equal("own.pcap", Assert.Single(list.GetProperty("captures").EnumerateArray()).GetProperty("file").GetString());
        Assert.Equal(1, (await session.AskAsync("trace", ("file", "./own.pcap"))).GetProperty("exchangesCount").GetInt32());
    }

    [Fact]
    public async Task A_device_is_refused()
    {
        var folder = new CaptureFolderOnDisk();
        var make = new ProcessStartInfo("mknod", [folder["null"], "c", "1", "3"]) { RedirectStandardError = true };
        using (Process made = Process.Start(make)!)
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(made.ExitCode == 0, "this user may not make devices");
        }

        await using McpSession session = await McpSession.StartAsync(folder);
        Assert.Equal("null: is no regular file", await session.RefusalAsync("trace", ("file", "null")));
    }

    [Fact]
    public async Task A_file_that_became_a_link_since_it_was_listed_is_refused()
    {
        var folder = new CaptureFolderOnDisk();
        CaptureFolderOnDisk.WriteTo(folder.Beside("secret.pcap"), 80, "hello");
        folder.Write("a.pcap", 80, "hello");
        Directory.CreateDirectory(folder["b"]);
        folder.Write("b/secret.pcap", 80, "hello");
        await using McpSession session = await McpSession.StartAsync(folder);
        Assert.Equal(2, (await session.AskAsync("list")).GetProperty("capturesCount").GetInt32());
        File.Delete(folder["a.pcap"]);
        File.CreateSymbolicLink(folder["a.pcap"], folder.Beside("secret.pcap"));
        Directory.Delete(folder["b"], recursive: true);
        File.CreateSymbolicLink(folder["b"], folder.Beside("."));
        foreach (string name in (string[])["a.pcap", "b/secret.pcap"])
            Assert.Equal($"{name}: a symbolic link, which is not followed", await session.RefusalAsync("trace", ("file", name)));
        Assert.Equal(0, (await session.AskAsync("list")).GetProperty("capturesCount").GetInt32());
    }

    [Fact]
    public async Task The_folder_is_the_one_that_was_opened_whatever_becomes_of_its_name()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("a.pcap", 80, "hello");
        await using McpSession session = await McpSession.StartAsync(folder);
        Directory.Move(folder.Path, folder.Beside("moved"));
        Directory.CreateDirectory(folder.Path);
        folder.Write("other.pcap", 80, "hello");
        JsonElement list = await session.AskAsync("list");
        Assert.Equal("a.pcap", Assert.Single(list.GetProperty("captures").EnumerateArray()).GetProperty("file").GetString());
        Assert.Equal("other.pcap: no such file", await session.RefusalAsync("trace", ("file", "other.pcap")));
    }

    [Fact]
    public async Task What_is_no_capture_or_is_cut_is_told()
    {
        var folder = new CaptureFolderOnDisk();
        await File.WriteAllBytesAsync(folder["garbage.pcap"], [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))],
            TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["empty.pcap"], [], TestContext.Current.CancellationToken);
        folder.Write("whole.pcap", 80, "hello");
        byte[] whole = await File.ReadAllBytesAsync(folder["whole.pcap"], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["cut.pcap"], whole[..^5], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["header.pcap"], [.. whole[..24], .. new byte[] { 0xff, 0xff, 0xff, 0xff }, .. new byte[5000]],
            TestContext.Current.CancellationToken);
        await using McpSession session = await McpSession.StartAsync(folder);
        Assert.Equal("garbage.pcap: is no capture that can be read (unknown file format)",
            await session.RefusalAsync("diagnose", ("file", "garbage.pcap")));
        Assert.StartsWith("empty.pcap: is no capture that can be read", await session.RefusalAsync("trace", ("file", "empty.pcap")),
            StringComparison.Ordinal);
        JsonElement cut = await session.AskAsync("trace", ("file", "cut.pcap"));
        Assert.StartsWith("cut.pcap: cannot be read on after ", Assert.Single(cut.GetProperty("cut").EnumerateArray()).GetString(),
            StringComparison.Ordinal);
        (_, string odd) = await session.CallAsync("trace", ("file", "header.pcap"));
        Assert.Contains("header.pcap", odd, StringComparison.Ordinal);
        Assert.Equal(1, (await session.AskAsync("trace", ("file", "whole.pcap"))).GetProperty("exchangesCount").GetInt32());
    }

    [Fact]
    public async Task Names_that_hide_something_are_left_out_of_the_list()
    {
        var folder = new CaptureFolderOnDisk();
        folder.Write("a\u202efdp.pcap", 80, "hello");
        folder.Write("b\nc.pcap", 80, "hello");
        await using McpSession session = await McpSession.StartAsync(folder);
        JsonElement list = await session.AskAsync("list");
        Assert.Equal(0, list.GetProperty("capturesCount").GetInt32());
        Assert.Equal("left out: files whose names hold characters that cannot be seen (2)",
            Assert.Single(list.GetProperty("cut").EnumerateArray()).GetString());
    }
}
