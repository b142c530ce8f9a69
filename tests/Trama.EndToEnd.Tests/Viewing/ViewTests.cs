using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests.Viewing;

/// <summary><c>trama view</c> as a person sees it: each step from the whole to the bytes is a golden screen.</summary>
public class ViewTests
{
    private static readonly string Screens = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/Viewing/screens");

    private static string NoReply => TestData.Shared("faults/no-reply/v1/client.pcap");

    private static string Queries => TestData.Shared("protocols/postgresql-lab-extended.pcapng");

    [Fact]
    public async Task From_the_finding_to_the_bytes()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply}");
        Golden("home", await window.UntilAsync(IsRead));
        await window.TypeAsync("Enter");
        Golden("finding", await window.UntilAsync("What to do"));
        await window.TypeAsync("Enter");
        Golden("ladder", await window.UntilAsync("closed first"));
        await window.TypeAsync("Enter");
        Golden("message", await window.UntilAsync("▸ exchange 1"));
        await window.TypeAsync("Enter");
        Golden("bytes", await window.UntilAsync("▸ bytes"));
        await window.TypeAsync("Escape", "h", "?");
        Golden("keys", await window.UntilAsync("previous mark"));
        await window.TypeAsync("q");
        await window.UntilAsync(screen => screen.TrimEnd().EndsWith('$'));
    }

    [Fact]
    public async Task From_the_service_to_its_exchanges()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {Queries}");
        await window.UntilAsync(IsRead);
        await window.TypeAsync("End");
        Golden("services", await window.UntilAsync(screen => Regex.IsMatch(screen, @" (\d+)/\1\s*$")));
        await window.TypeAsync("Enter");
        Golden("connections", await window.UntilAsync("faulty first"));
        await window.TypeAsync("Enter");
        Golden("exchanges", await window.UntilAsync("as they ended"));
        await window.TypeAsync("o", "o");
        Golden("exchanges-by-time", await window.UntilAsync("by total time"));
    }

    [Theory]
    [InlineData("portuguese", 80, 24, "--lang pt")]
    [InlineData("ascii", 80, 24, "--ascii")]
    [InlineData("wide", 200, 60, "")]
    public async Task The_first_screen_elsewhere(string name, int columns, int rows, string options)
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync(columns, rows);
        await window.RunAsync($"{TramaProcess.Binary} view {Queries} {options}");
        Golden(name, await window.UntilAsync(IsRead));
    }

    [Fact]
    public async Task Lists_are_restricted_by_condition_text_and_faults()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {Queries}");
        await window.UntilAsync(IsRead);
        await window.TypeAsync("e");
        int all = Rows(await window.UntilAsync("as they ended"));
        await window.TypeAsync("/", "total>>1", "Enter");
        await window.UntilAsync("column");
        await window.TypeAsync("C-u", "status=error or failed", "Enter");
        // The words stand there while they are typed, too: the list follows.
        int failed = Rows(await window.UntilAsync(screen =>
            screen.Contains("/ status=error or failed", StringComparison.Ordinal) && Rows(screen) < all));
        await window.TypeAsync("/", "C-u", "Enter", "f");
        Assert.Equal(failed, Rows(await window.UntilAsync(screen =>
            screen.Contains("faults only", StringComparison.Ordinal) && Rows(screen) < all)));
        await window.TypeAsync("f", "t", "select", "Enter");
        await window.UntilAsync("t \"select\"");

        static int Rows(string screen) => screen.Split('\n').Count(line => line.Contains(" ms", StringComparison.Ordinal)
            || line.Contains(" µs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_is_saved_in_every_form_and_nothing_is_written_over()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["."]);
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"cd {folder["."]}");
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply}");
        await window.UntilAsync(">●");
        foreach ((string key, string extension) in new[] { ("p", "pcap"), ("v", "svg"), ("h", "html"), ("m", "md") })
        {
            await window.TypeAsync("s", key, "Enter");
            await window.UntilAsync($"saved: client-1.{extension}");
        }

        await window.TypeAsync("s", "m", "Enter");
        await window.UntilAsync("already");
        Assert.Contains("no-reply", await File.ReadAllTextAsync(folder["client-1.md"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        TramaProcess.Ended one = await TramaProcess.RunAsync(["dump", "-r", folder["client-1.pcap"]]),
            other = await TramaProcess.RunAsync(["dump", "-r", NoReply]);
        Assert.Equal(other.Output, one.Output);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(folder["client-1.svg"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(folder["client-1.html"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_that_grows_in_a_pipe_is_shown_as_it_comes()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        long half = new FileInfo(Queries).Length / 2;
        using var folder = new TemporaryFolder();
        string gate = folder["gate"];
        await window.RunAsync($"mkfifo {gate}; (head -c {half} {Queries}; cat {gate}; tail -c +{half + 1} {Queries}) "
            + $"| {TramaProcess.Binary} view -");
        await window.UntilAsync(screen => screen.Contains("standard input", StringComparison.Ordinal)
            && screen.Contains("reading", StringComparison.Ordinal) && screen.Contains("1 connection", StringComparison.Ordinal));
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        await window.UntilAsync(screen => screen.Contains("standard input", StringComparison.Ordinal)
            && !screen.Contains("reading", StringComparison.Ordinal));
        await window.TypeAsync("q");
        await window.UntilAsync(screen => screen.TrimEnd().EndsWith('$'));
    }

    [Fact]
    public async Task Of_a_large_file_what_is_read_so_far_is_shown_and_how_far_that_is()
    {
        const int header = 24, times = 1_000_000;
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["."]);
        string large = folder["large.pcap"];
        byte[] whole = await File.ReadAllBytesAsync(NoReply, TestContext.Current.CancellationToken);
        byte[] records = [.. Enumerable.Repeat(whole[header..], 1000).SelectMany(record => record)];
        await using (FileStream file = File.Create(large))
        {
            file.Write(whole.AsSpan(0, header));
            for (int i = 0; i < times / 1000; i++) file.Write(records);
        }

        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {large}");
        int early = Read(await window.UntilAsync(screen => Read(screen) >= 0 && screen.Contains("1 connection", StringComparison.Ordinal)));
        // One goes about meanwhile.
        await window.TypeAsync("e");
        await window.UntilAsync("as they ended");
        await window.TypeAsync("Escape");
        await window.UntilAsync(screen => Read(screen) > early);
        await window.TypeAsync("q");
        await window.UntilAsync(screen => screen.TrimEnd().EndsWith('$'));

        // How much is read, in hundredths; -1 where that is not told.
        static int Read(string screen) => Regex.Match(screen, @"reading (\d+) %") is { Success: true } found
            ? int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : -1;
    }

    [Fact]
    public async Task A_cut_capture_is_shown_as_far_as_it_goes_and_told()
    {
        byte[] whole = await File.ReadAllBytesAsync(NoReply, TestContext.Current.CancellationToken);
        string cut = Captures.Temporary("cut.pcap", whole[..^20]);
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {cut}; echo \"code $?\"");
        await window.UntilAsync("trama: ");
        await window.UntilAsync("7 packets");
        await window.TypeAsync("q");
        string after = await window.UntilAsync("code 1");
        Assert.Contains("trama: ", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_connections_come_and_a_pause_counts_what_came_since()
    {
        await Captures.RequireLiveAsync();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--quiet");
        string port = $"{await ServeTests.PortAsync(server)}";
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view -i lo tcp port {port}");
        await window.UntilAsync(screen => screen.Contains("0 packets", StringComparison.Ordinal)
            && screen.Contains("live", StringComparison.Ordinal) && screen.Contains("listening on lo", StringComparison.Ordinal));
        Assert.Equal("trama view lo", await window.AskAsync("pane_title"));
        await TramaProcess.RunAsync(["send", "127.0.0.1", port, "hello"]);
        await window.UntilAsync(screen => screen.Contains("1 connection  1 exchange ", StringComparison.Ordinal)
            && screen.Contains($"127.0.0.1:{port}", StringComparison.Ordinal));
        await window.TypeAsync("Space");
        await window.UntilAsync("paused, 0 since");
        await TramaProcess.RunAsync(["send", "127.0.0.1", port, "hello"]);
        await window.UntilAsync("paused, 1 since");
        await window.TypeAsync("Space");
        await window.UntilAsync(screen => screen.Contains("2 connections", StringComparison.Ordinal)
            && screen.Contains("live", StringComparison.Ordinal));
        await window.TypeAsync("q");
        await window.UntilAsync("0 dropped by the kernel");
        Assert.NotEqual("trama view lo", await window.AskAsync("pane_title"));
    }

    [Fact]
    public async Task A_click_selects_a_row_and_another_goes_in()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {Queries}");
        string[] lines = (await window.UntilAsync(IsRead)).Split('\n');
        int row = Array.FindIndex(lines, line => line.Contains("select pg_sleep", StringComparison.Ordinal));
        await window.SendAsync($"\e[<0;20;{row + 1}M\e[<0;20;{row + 1}m");
        await window.UntilAsync(screen => screen.Split('\n')[row].StartsWith('>'));
        await window.SendAsync($"\e[<0;20;{row + 1}M\e[<0;20;{row + 1}m");
        await window.UntilAsync("faulty first");
    }

    // The verdict takes fewer lines there, so every row below it has another number.
    [Fact]
    public async Task What_is_selected_stays_so_when_the_lines_break_elsewhere()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply}");
        await window.UntilAsync(IsRead);
        await window.TypeAsync("j");
        await window.UntilAsync(screen => SelectedIs(screen, " 10."));
        await window.TypeAsync("k");
        await window.UntilAsync(screen => SelectedIs(screen, "●"));
        await window.ResizeAsync(200, 60);
        await window.UntilAsync(screen => screen.Contains("replied. The client waited", StringComparison.Ordinal) && SelectedIs(screen, "●"));
        await window.TypeAsync("j");
        await window.UntilAsync(screen => SelectedIs(screen, " 10."));
        await window.ResizeAsync(80, 24);
        await window.UntilAsync(screen => !screen.Contains("replied. The client waited", StringComparison.Ordinal)
            && SelectedIs(screen, " 10."));
    }

    [Fact]
    public async Task A_row_of_a_ladder_stays_marked_and_selected_where_one_side_is_shown()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply}");
        await window.UntilAsync(IsRead);
        await window.TypeAsync("l");
        await window.UntilAsync("closed first");
        await window.TypeAsync("Home", "j", "j", "m");
        string[] both = (await window.UntilAsync(screen => SelectedIs(screen, "   0.778   3"))).Split('\n');
        string selected = Assert.Single(both, line => line.StartsWith('>'));
        await window.TypeAsync("c");
        await window.UntilAsync(screen => screen.Split('\n').Contains(selected)
            && !screen.Contains("SYN ACK", StringComparison.Ordinal));
        await window.TypeAsync("j");
        await window.UntilAsync(screen => screen.Split('\n').Contains('+' + selected[1..]));
    }

    private static bool SelectedIs(string screen, string begin) =>
        screen.Split('\n').Any(line => line.StartsWith('>' + begin, StringComparison.Ordinal));

    [Fact]
    public async Task What_is_copied_goes_to_the_clipboard_after_asking()
    {
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.AllowClipboardAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {NoReply}");
        await window.UntilAsync(">●");
        await window.TypeAsync("y");
        await window.UntilAsync("clipboard (OSC 52)? y n");
        await window.TypeAsync("n");
        await window.UntilAsync(screen => !screen.Contains("OSC 52", StringComparison.Ordinal));
        Assert.Equal("", await window.ClipboardAsync());
        await window.TypeAsync("y", "y");
        await window.UntilAsync("copied, if your terminal allows it");
        await window.UntilAsync(async () => (await window.ClipboardAsync()).Contains("no-reply", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_being_written_is_followed_until_it_is_not()
    {
        byte[] whole = await File.ReadAllBytesAsync(Queries, TestContext.Current.CancellationToken);
        string path = Captures.Temporary("growing.pcapng", whole[..(whole.Length / 2)]);
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        using (var writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            await window.RunAsync($"{TramaProcess.Binary} view {path}");
            int half = Packets(await window.UntilAsync("growing, followed"));
            // A record comes in two parts.
            int part = whole.Length / 2 + 1000;
            writer.Write(whole.AsSpan(whole.Length / 2, 1000));
            writer.Flush();
            await window.UntilAsync(screen => Packets(screen) > half);
            writer.Write(whole.AsSpan(part));
        }

        string followed = await window.UntilAsync(screen => IsRead(screen) && !screen.Contains("followed", StringComparison.Ordinal));
        await window.TypeAsync("q");
        await window.UntilAsync(screen => screen.TrimEnd().EndsWith('$'));
        await window.RunAsync($"{TramaProcess.Binary} view {path}");
        Assert.Equal(await window.UntilAsync(IsRead), followed);

        static int Packets(string screen) =>
            int.TryParse(Regex.Match(screen, @"([\d,]+) packets").Groups[1].Value.Replace(",", ""), out int count) ? count : 0;
    }

    [Fact]
    public async Task A_file_that_grows_or_is_cut_while_it_is_shown_is_told()
    {
        byte[] whole = await File.ReadAllBytesAsync(NoReply, TestContext.Current.CancellationToken);
        string path = Captures.Temporary("changed.pcap", whole);
        await using TerminalWindow window = await TerminalWindow.OpenAsync();
        await window.RunAsync($"{TramaProcess.Binary} view {path}");
        await window.UntilAsync(">●");
        await File.AppendAllBytesAsync(path, whole[24..], TestContext.Current.CancellationToken);
        await window.UntilAsync("the file has grown since");
        await File.WriteAllBytesAsync(path, whole[..24], TestContext.Current.CancellationToken);
        await window.TypeAsync("l");
        await window.UntilAsync("not there any more");
        await window.TypeAsync("q");
        await window.UntilAsync(screen => screen.TrimEnd().EndsWith('$'));
    }

    internal static bool IsRead(string screen) => screen.Contains("p99", StringComparison.Ordinal)
        && !Regex.IsMatch(screen, "reading|lendo|so far|at[eé] agora");

    internal static void Golden(string name, string screen)
    {
        string path = Path.Combine(Screens, name + ".txt");
        if (Environment.GetEnvironmentVariable("TRAMA_REFRESH_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Screens);
            File.WriteAllText(path, screen);
        }

        Assert.Equal(File.ReadAllText(path), screen);
    }
}
