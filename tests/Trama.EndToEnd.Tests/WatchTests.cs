using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama watch</c>, <c>history</c> and <c>explain</c>.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly string s_packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_capture_holds_is_told_again_from_the_store()
    {
        await SetUpAsync();
        TramaProcess.Ended watched = await RunAsync("watch", Captures.Lesson, "--store", _folder["store"]);
        Assert.Equal(0, watched.Code);
        Assert.Contains($"trama: storing in {_folder["store"]}\n", watched.Errors, StringComparison.Ordinal);
        Assert.Contains("trama: stored: 1 exchange, 0 findings, the headers of 10 packets (", watched.Errors, StringComparison.Ordinal);
        TramaProcess.Ended history = await RunAsync("history", "2020-01-01T00:00..", "--store", _folder["store"]);
        Assert.Equal((0, ""), (history.Code, history.Errors));
        Assert.Contains("127.0.0.1:5000  15 B", history.Output, StringComparison.Ordinal);
        foreach ((string where, int rows) in ((string, int)[])[("replyBytes=30", 1), ("requestBytes>20", 0), ("not failed", 1),
            ("serverPort=5000 and clientAddress='127.0.0.1'", 1), ("status~'x' or answered", 1), ("operation!='x'", 0)])
        {
            JsonElement found = JsonDocument.Parse((await RunAsync(
                "history", "2020-01-01T00:00..", "--store", _folder["store"], "--where", where, "--json")).Output).RootElement;
            Assert.Equal((where, rows), (where, found.GetArrayLength()));
        }

        Assert.Equal("1\n", (await RunAsync("sql", "--csv", "SELECT count(*) AS \"1\" FROM connections", _folder["store"])).Output
            .Split('\n')[1] + "\n");
        Assert.Equal("0", Last(await RunAsync("sql", "--csv",
            "SELECT count(*) FROM exchanges WHERE happenedAt < replyFirstAt", _folder["store"])));
        Assert.Matches("\n20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:.]{12}  ", history.Output);
        TramaProcess.Ended untold = await RunAsync("history", "--store", _folder["store"], "--where", "status=1 or Request~'x'");
        Assert.Equal(new TramaProcess.Ended(
            2, "", "trama: a store has nothing of 'request': leave it out (trama history --help)\n"), untold);
        TramaProcess.Ended none = await RunAsync("history", "-1m", "--store", _folder["store"]);
        Assert.Equal(new TramaProcess.Ended(0, "", "trama: no exchange in that time\n"), none);
    }

    [Fact]
    public async Task Its_headers_are_a_capture_without_what_was_said()
    {
        await RunAsync("watch", Captures.Lesson, "--store", _folder["store"]);
        string direct = (await RunAsync("trace", "--ladder", Captures.Lesson)).Output;
        string kept = (await RunAsync("trace", "--ladder", _folder["store"])).Output;
        string[] segments = Segments(direct);
        Assert.NotEmpty(segments);
        Assert.Equal(segments, Segments(kept));
        Assert.DoesNotContain("servidor", kept, StringComparison.Ordinal);
        Assert.Equal(kept, (await RunAsync("history", "2020-01-01T00:00..", "--store", _folder["store"], "--ladder")).Output);
        foreach (string file in Directory.EnumerateFiles(_folder["store"], "*", SearchOption.AllDirectories))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan().IndexOf("servidor"u8));

        static string[] Segments(string ladder) => [.. System.Text.RegularExpressions.Regex
            .Matches(ladder, "(SYN|ACK|FIN|PSH)[A-Z ]*(  (seq|ack|len) [0-9]+)+").Select(match => match.Value)];
    }

    [Fact]
    public async Task A_time_of_it_is_an_input_as_a_file_is()
    {
        await RunAsync("watch", Captures.Lesson, "--store", _folder["store"]);
        string whole = (await RunAsync("diagnose", _folder["store"])).Output;
        Assert.Equal(whole, (await RunAsync("diagnose", "--store", _folder["store"])).Output);
        Assert.Equal(whole, (await RunAsync("diagnose", "--store", _folder["store"], "--during", "2020-01-01T00:00..")).Output);
        Assert.Equal("", (await RunAsync("trace", "--store", _folder["store"], "--during", "2020-01-01T00:00..2020-01-02T00:00")).Output);
        Assert.Equal("", (await RunAsync("trace", "--store", _folder["store"], "port 4")).Output);
        TramaProcess.Ended wrong = await RunAsync("trace", "--store", _folder["store"], "--during", "soon");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("expected a time such as 02:40..02:50", wrong.Errors, StringComparison.Ordinal);
        TramaProcess.Ended none = await RunAsync("view", "--store", _folder["nowhere"], "--lang", "en");
        Assert.NotEqual(0, none.Code);
        TramaProcess.Ended both = await RunAsync("diagnose", "--store", _folder["store"], "-i", "lo");
        Assert.Contains("-i and --store exclude each other", both.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_packets_are_on_the_page()
    {
        await RunAsync("watch", Captures.Lesson, "--store", _folder["store"]);
        await using TramaProcess web = TramaProcess.Start("web", "--no-open", "--lang", "en", "--store", _folder["store"]);
        string line = await web.ErrorAsync(line => line.Contains("#key=", StringComparison.Ordinal));
        var page = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
        using var client = new HttpClient { BaseAddress = page };
        client.DefaultRequestHeaders.Add("Trama-Token", page.Fragment["#key=".Length..]);
        while (!(await client.GetStringAsync("api/capture", TestContext.Current.CancellationToken))
            .Contains("\"complete\":true", StringComparison.Ordinal))
        {
        }

        byte[] pcap = await client.GetByteArrayAsync("api/pcap?connection=1", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_folder["one.pcap"], pcap, TestContext.Current.CancellationToken);
        Assert.Equal(10, (await RunAsync("dump", "-r", _folder["one.pcap"])).Output.Split('\n').Count(text => text.Length > 0));
    }

    [Fact]
    public async Task Trouble_is_told_in_the_order_in_which_it_began()
    {
        await SetUpAsync();
        string[] faults = ["connection-refused", "no-reply", "slow-server"];
        string[] captures = [.. faults.Select(fault => Directory.EnumerateFiles(
            TestData.Shared($"faults/{fault}"), "client.pcap", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First())];
        TramaProcess.Ended watched = await RunAsync(["watch", .. captures, "--store", _folder["store"]]);
        Assert.Equal(0, watched.Code);
        string story = (await RunAsync("explain", "2020-01-01T00:00..", "--store", _folder["store"])).Output;
        foreach (string fault in faults) Assert.Contains($"  {fault}  ", story, StringComparison.Ordinal);
        Assert.Contains("  first     ", story, StringComparison.Ordinal);
        Assert.Contains("  +", story, StringComparison.Ordinal);
        TramaProcess.Ended none = await RunAsync("explain", "-1m", "--store", _folder["store"], "--lang", "pt");
        Assert.Equal(new TramaProcess.Ended(0, "", "trama: nada deu errado nesse tempo, até onde foi guardado\n"), none);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_has_all_but_the_last_second()
    {
        await Captures.RequireLiveAsync();
        await SetUpAsync();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
        int port = await ServeTests.PortAsync(server);
        for (int run = 0; run < 3; run++)
        {
            await using TramaProcess watch = TramaProcess.Start("watch", "-i", "lo", "--store", _folder["store"], $"port {port}");
            await watch.ErrorAsync(line => line.Contains("storing in", StringComparison.Ordinal));
            await watch.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
            using (Socket client = await ServeTests.ConnectAsync(port))
            {
                byte[] reply = new byte[64];
                for (int i = 0; i < 5; i++)
                {
                    await client.SendAsync("hello"u8.ToArray());
                    await client.ReceiveAsync(reply);
                }
            }

            int seen = 5 * (run + 1);
            await UntilAsync(async () => await CountAsync() == seen);
            watch.Signal("KILL");
            Assert.Equal(137, (await watch.EndAsync()).Code);
            Assert.Equal(seen, await CountAsync());
        }

        Assert.Equal("3", Last(await RunAsync("sql", "--csv", "SELECT count(DISTINCT runAt) FROM exchanges", _folder["store"])));

        async Task<int> CountAsync() => int.Parse(Last(await RunAsync(
            "sql", "--csv", "SELECT count(*) FROM exchanges", _folder["store"])), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_full_disk_loses_rows_tells_so_and_goes_on_when_there_is_room()
    {
        await Captures.RequireLiveAsync();
        await SetUpAsync();
        string mount = TestData.Program("mount"), place = Directory.CreateDirectory(_folder["small"]).FullName;
        Assert.SkipUnless((await TramaProcess.RunAsync(mount, ["-t", "tmpfs", "-o", "size=256k", "tmpfs", place])).Code == 0,
            "this user may not mount");
        try
        {
            await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
            int port = await ServeTests.PortAsync(server);
            string store = Path.Combine(place, "store"), filler = Path.Combine(place, "filler");
            await using TramaProcess watch = TramaProcess.Start(
                "watch", "-i", "lo", "--store", store, "--no-headers", $"port {port}");
            await watch.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
            await SayAsync(port);
            await UntilAsync(async () => await CountAsync(store) == 1);
            Fill(filler);
            Task<string> told = watch.ErrorAsync(line => line.Contains("rows cannot be stored and are lost", StringComparison.Ordinal));
            while (!told.IsCompleted) await SayAsync(port);
            File.Delete(filler);
            Task<string> again = watch.ErrorAsync(line => line == "trama: rows are stored again");
            while (!again.IsCompleted) await SayAsync(port);
            TramaProcess.Ended history = await RunAsync("history", "-5m", "--store", store);
            Assert.Matches("trama: from [^\n]+ to [^\n]+ [0-9]+ rows are missing: [^\n]*[Nn]o space left", history.Errors);
            watch.Signal("TERM");
            Assert.Equal(1, (await watch.EndAsync()).Code);
        }
        finally
        {
            await TramaProcess.RunAsync(TestData.Program("umount"), ["-l", place]);
        }

        async Task<int> CountAsync(string store) => int.Parse(Last(await RunAsync(
            "sql", "--csv", "SELECT count(*) FROM exchanges", store)), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_command_is_run_when_something_is_found()
    {
        string capture = Directory.EnumerateFiles(TestData.Shared("faults/no-reply"), "client.pcap", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First();
        TramaProcess.Ended watched = await RunAsync(
            "watch", capture, "--store", _folder["store"], "--on", "no-reply", $"cat > {_folder["told"]}; exec sleep 0");
        Assert.Equal(0, watched.Code);
        await UntilAsync(() => Task.FromResult(File.Exists(_folder["told"]) && new FileInfo(_folder["told"]).Length > 0));
        string json = await File.ReadAllTextAsync(_folder["told"], TestContext.Current.CancellationToken);
        JsonElement told = JsonDocument.Parse(json).RootElement;
        Assert.Equal("no-reply", told.GetProperty("findings")[0].GetProperty("id").GetString());
        TramaProcess.Ended unknown = await RunAsync("watch", capture, "--store", _folder["store"], "--on", "nothing", "true");
        Assert.Equal((2, ""), (unknown.Code, unknown.Output));
        Assert.StartsWith("trama: there is no finding 'nothing'; there are: any, ", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("watch", capture, "--store", _folder["store"], "--on", "any")).Code);
    }

    [Fact]
    public async Task Around_trouble_packets_are_kept_whole_if_that_is_asked_for()
    {
        string capture = Directory.EnumerateFiles(TestData.Shared("faults/no-reply"), "client.pcap", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First();
        Assert.Equal(0, (await RunAsync("watch", capture, "--store", _folder["none"], "--full-packets-on", "never")).Code);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder["none"], "packets")));
        Assert.Equal(0, (await RunAsync("watch", capture, "--store", _folder["store"], "--full-packets-on", "no-reply")).Code);
        string kept = Directory.EnumerateFiles(Path.Combine(_folder["store"], "packets")).Order(StringComparer.Ordinal).First();
        Assert.Contains("no-reply", (await RunAsync("diagnose", "--json", kept)).Output, StringComparison.Ordinal);
        TramaProcess.Ended unknown = await RunAsync("watch", capture, "--store", _folder["store"], "--full-packets-on", "nothing");
        Assert.Equal(2, unknown.Code);
        Assert.StartsWith("trama: there is no finding 'nothing'; there are: never, any, ", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_another_user_is_refused_to_root_too()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder away");
        Assert.Equal(0, (await RunAsync("watch", Captures.Lesson, "--store", _folder["store"])).Code);
        await TramaProcess.RunAsync(TestData.Program("chown"), ["-R", "65534", _folder["store"]]);
        TramaProcess.Ended refused = await RunAsync("watch", Captures.Lesson, "--store", _folder["store"]);
        Assert.Equal((1, $"trama: {_folder["store"]} belongs to another user (65534): name a folder of your own, or run as that user\n"),
            (refused.Code, refused.Errors));
    }

    [Fact]
    public async Task What_comes_is_followed()
    {
        await Captures.RequireLiveAsync();
        await SetUpAsync();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--echo");
        int port = await ServeTests.PortAsync(server);
        await using TramaProcess watch = TramaProcess.Start("watch", "-i", "lo", "--store", _folder["store"], $"port {port}");
        await watch.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
        await SayAsync(port);
        await using TramaProcess history = TramaProcess.Start("env", [$"XDG_DATA_HOME={_folder["data"]}", TramaProcess.Binary, "history",
            "-1m", "--follow", "--store", _folder["store"]]);
        string said = $"127.0.0.1:{port}  5 B  5 B  ";
        await history.LineAsync(line => line.Contains(said, StringComparison.Ordinal));
        await SayAsync(port);
        await history.LineAsync(line => line.Contains(said, StringComparison.Ordinal));
        history.Signal("INT");
        Assert.Equal(0, (await history.EndAsync()).Code);
    }

    [Fact]
    public async Task The_manager_of_services_is_told_that_it_works_and_that_it_ends()
    {
        await Captures.RequireLiveAsync();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(_folder["notify"]));
        await using TramaProcess watch = TramaProcess.Start("env", [$"NOTIFY_SOCKET={_folder["notify"]}", "WATCHDOG_USEC=2000000",
            TramaProcess.Binary, "watch", "-i", "lo", "--store", _folder["store"], "port 1"]);
        Assert.Equal("READY=1", await HearAsync());
        Assert.Equal("WATCHDOG=1", await HearAsync());
        watch.Signal("TERM");
        for (string heard = ""; heard != "STOPPING=1"; heard = await HearAsync()) Assert.Contains(heard, (string[])["", "WATCHDOG=1"]);
        Assert.Equal(0, (await watch.EndAsync()).Code);

        async Task<string> HearAsync()
        {
            byte[] buffer = new byte[64];
            int length = await manager.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
        }
    }

    [Fact]
    public async Task A_store_has_one_writer_and_is_no_other_folder()
    {
        await Captures.RequireLiveAsync();
        await using TramaProcess watch = TramaProcess.Start("watch", "-i", "lo", "--store", _folder["store"], "port 1");
        await watch.ErrorAsync(line => line.Contains("listening", StringComparison.Ordinal));
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {_folder["store"]}: another trama watch writes this store\n"),
            await RunAsync("watch", Captures.Lesson, "--store", _folder["store"]));
        Directory.CreateDirectory(_folder["other"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["other"], "x"), "", TestContext.Current.CancellationToken);
        string none = $"trama: {_folder["other"]} is no store of trama watch (--store FOLDER)\n";
        Assert.Equal(new TramaProcess.Ended(1, "", none), await RunAsync("watch", Captures.Lesson, "--store", _folder["other"]));
        Assert.Equal(new TramaProcess.Ended(1, "", none), await RunAsync("history", "-1m", "--ladder", "--store", _folder["other"]));
        Assert.Equal(2, (await RunAsync("history", "yesterday", "--store", _folder["store"])).Code);
    }

    [Fact]
    public async Task With_sudo_the_store_is_in_the_home_of_who_called_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        TramaProcess.Ended ended = await TramaProcess.RunAsync("env", ["-u", "XDG_STATE_HOME", "HOME=/root", "SUDO_UID=65534",
            "SUDO_GID=65534", TramaProcess.Binary, "watch", Captures.Lesson]);
        string home = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(user => user[2] == "65534")[5];
        Assert.Equal(1, ended.Code);
        Assert.StartsWith($"trama: {home}/.local/state/trama: ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_can_only_be_read_is_no_store_of_another_writer()
    {
        string mount = TestData.Program("mount"), place = Directory.CreateDirectory(_folder["fixed"]).FullName;
        Assert.SkipUnless((await TramaProcess.RunAsync(mount, ["-t", "tmpfs", "-o", "size=1m", "tmpfs", place])).Code == 0,
            "this user may not mount");
        try
        {
            string store = Path.Combine(place, "store");
            Assert.Equal(0, (await RunAsync("watch", Captures.Lesson, "--store", store)).Code);
            Assert.Equal(0, (await TramaProcess.RunAsync(mount, ["-o", "remount,ro", place])).Code);
            TramaProcess.Ended refused = await RunAsync("watch", Captures.Lesson, "--store", store);
            Assert.Equal(1, refused.Code);
            Assert.Contains("ead-only file system", refused.Errors, StringComparison.Ordinal);
            Assert.Contains("SYN", (await RunAsync("history", "2020-01-01T00:00..", "--ladder", "--store", store)).Output,
                StringComparison.Ordinal);
        }
        finally
        {
            await TramaProcess.RunAsync(TestData.Program("umount"), ["-l", place]);
        }
    }

    private static async Task SayAsync(int port)
    {
        using Socket client = await ServeTests.ConnectAsync(port);
        await client.SendAsync("hello"u8.ToArray());
        await client.ReceiveAsync(new byte[64]);
    }

    private static void Fill(string path)
    {
        using FileStream file = File.Create(path, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[1024]);
        }
        catch (IOException)
        {
            // That is the end of it.
        }
    }

    private static string Last(TramaProcess.Ended ended) => ended.Output.TrimEnd('\n').Split('\n')[^1];

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30);)
        {
            if (await condition()) return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail("what was waited for did not come");
    }

    private async Task SetUpAsync()
    {
        Directory.CreateDirectory(_folder["data"]);
        TramaProcess.Ended ended = await TramaProcess.RunAsync(
            "env", [$"NUGET_PACKAGES={s_packages}", $"XDG_DATA_HOME={_folder["data"]}", TramaProcess.Binary, "sql", "--setup"]);
        Assert.SkipUnless(ended.Code == 0, ended.Errors);
    }

    private Task<TramaProcess.Ended> RunAsync(params string[] args) =>
        TramaProcess.RunAsync("env", [$"XDG_DATA_HOME={_folder["data"]}", TramaProcess.Binary, .. args]);
}
