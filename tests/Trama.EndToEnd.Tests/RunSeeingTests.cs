namespace Trama.EndToEnd.Tests;

/// <summary>How <c>trama run</c> gets to see a command, by what its user is allowed.</summary>
// Alone: what ends on this machine meanwhile, of whomever, is told with it.
[Collection(nameof(RunSeeingTests))]
[CollectionDefinition(nameof(RunSeeingTests), DisableParallelization = true)]
public class RunSeeingTests
{
    [Fact]
    public async Task An_ordinary_user_without_TUN_devices_sees_the_same()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await AsOrdinaryUserAsync("run", "--", "sh", "-c",
            $"'{TramaProcess.Binary}' send 127.0.0.1 {port} ours; "
            + $"'{TramaProcess.Binary}' send 127.0.0.1 {FreePorts.Next()} refused; id -u");
        Assert.EndsWith("\n65534\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("4 B ours\t", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("● connection-refused, the server", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("trama: 2 connections, 1 exchange, 1 finding\n", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_allowed_what_the_kernel_counts_is_shown()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--fault", "latency=1500ms");
        int port = await ServeTests.PortAsync(server);
        int closed = FreePorts.Next();
        TramaProcess.Ended ended = await WithoutNamespacesAsync("run", "--", "sh", "-c",
            $"'{TramaProcess.Binary}' send 127.0.0.1 {port} hello; '{TramaProcess.Binary}' send 127.0.0.1 {closed} refused; exit 9");
        Assert.Equal(9, ended.Code);
        Assert.Contains("Message received successfully!", ended.Output, StringComparison.Ordinal);
        Assert.Matches($@"\ttrama \d+\t127\.0\.0\.1:\d+ > 127\.0\.0\.1:{port}\t5 B\t3[01] B\trtt [^\t]+\t\tended\n", ended.Errors);
        // That one is over too soon for its process to be found, or not: the kernel tells of it all the same.
        Assert.Matches($@"\t(\?|trama \d+)\t127\.0\.0\.1:\d+ > 127\.0\.0\.1:{closed}\t0 B\t0 B\t\t\trefused\n", ended.Errors);
        Assert.Contains("seen without packets", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_container_without_capabilities_it_counts_and_tells_what_would_allow_more()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--fault", "latency=1500ms");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await InContainerAsync("run", "--", "sh", "-c",
            $"'{TramaProcess.Binary}' send 127.0.0.1 {port} hello; exit 9");
        Assert.Equal(9, ended.Code);
        Assert.Contains("trama: packets cannot be seen here (", ended.Errors, StringComparison.Ordinal);
        Assert.Matches($@"\ttrama \d+\t127\.0\.0\.1:\d+ > 127\.0\.0\.1:{port}\t5 B\t3[01] B\trtt [^\t]+\t\tended\n", ended.Errors);
        TramaProcess.Ended check = await InContainerAsync("run", "--check");
        Assert.Contains("user namespaces are not allowed; allowed by: docker run --security-opt seccomp=unconfined", check.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("trama run uses the third.\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_allowed_what_needs_packets_is_refused()
    {
        TramaProcess.Ended ended = await WithoutNamespacesAsync("run", "--json", "--", "echo", "ran");
        Assert.Equal((125, ""), (ended.Code, ended.Output));
        Assert.Contains("trama: the command cannot have a network of its own here", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_what_this_machine_allows_and_what_would_allow_more()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["run", "--check"]);
        Assert.Equal(0, ended.Code);
        Assert.Matches("(?s)^(yes|no ) +packets .*\n(yes|no ) +a network of .*\n"
            + "(yes|no ) +the kernel's counts .*\ntrama run uses the ", ended.Output);
        TramaProcess.Ended caged = await WithoutNamespacesAsync("run", "--check");
        Assert.Contains("no   packets of this machine's network: any: no permission to capture", caged.Output, StringComparison.Ordinal);
        Assert.Contains("user namespaces are not allowed; allowed by: sudo sysctl user.max_user_namespaces=", caged.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("trama run uses the third.\n", caged.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    [InlineData("127.0.0.1", "[::1]:", "::1")]
    [InlineData("::", "127.0.0.1:", "127.0.0.1")]
    public async Task A_port_of_the_command_s_is_opened_where_it_was_asked_for(string bind, string place, string address)
    {
        int within = FreePorts.Next(), outside = FreePorts.Next();
        await using TramaProcess run = TramaProcess.Start("run", "--publish", $"{place}{outside}:{within}", "--", TramaProcess.Binary,
            "serve", "--port", $"{within}", "--bind", bind, "--once");
        await ServeTests.PortAsync(run);
        TramaProcess.Ended sent = await TramaProcess.RunAsync(["send", address, $"{outside}", "visit"]);
        for (int i = 0; i < 20 && sent.Code != 0; i++) sent = await TramaProcess.RunAsync(["send", address, $"{outside}", "visit"]);
        Assert.Contains("Message received successfully!", sent.Output, StringComparison.Ordinal);
        Assert.Contains($":{within}\t5 B visit\t", (await run.EndAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_at_a_process_that_runs_already_and_leaves_it_alone()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open");
        int port = await ServeTests.PortAsync(server);
        await using TramaProcess run = TramaProcess.Start("run", "--pid", $"{server.Id}");
        await LookingAsync(run);
        await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "looked at"]);
        await run.ErrorAsync(line => line.Contains("9 B looked at\t", StringComparison.Ordinal));
        run.Signal("INT");
        TramaProcess.Ended ended = await run.EndAsync();
        Assert.Equal(0, ended.Code);
        Assert.Contains("trama: 1 connection, 1 exchange, ", ended.Errors, StringComparison.Ordinal);
        TramaProcess.Ended still = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "hello"]);
        Assert.Equal(0, still.Code);
    }

    [Fact]
    public async Task A_connection_that_its_process_accepts_late_is_shown_whole()
    {
        string python = TestData.Program("python3");
        const string accepting = "import select, socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], "
            + "flush=True); select.select([s], [], []); time.sleep(0.5); c, _ = s.accept(); c.recv(99); c.send(b'late'); c.recv(1); "
            + "c.close(); time.sleep(99)";
        await using TramaProcess server = TramaProcess.Start(python, ["-c", accepting]);
        string port = await server.LineAsync(_ => true);
        await using TramaProcess run = TramaProcess.Start("run", "--pid", $"{server.Id}");
        await LookingAsync(run);
        await TramaProcess.RunAsync(python, ["-c",
            $"import socket; s = socket.create_connection(('127.0.0.1', {port})); s.send(b'early'); s.recv(9); s.close()"]);
        await run.ErrorAsync(line => line.Contains("5 B early\t4 B late\t", StringComparison.Ordinal));
        run.Signal("INT");
        Assert.Contains("trama: 1 connection, 1 exchange, ", (await run.EndAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_into_the_network_of_a_process_that_has_one_of_its_own()
    {
        string unshare = TestData.Program("unshare"), enter = TestData.Program("nsenter");
        TestData.Program("ip");
        await using TramaProcess server = TramaProcess.Start(unshare,
            ["--net", "sh", "-c", $"ip link set lo up && exec '{TramaProcess.Binary}' serve --port 7000 --keep-open"]);
        try
        {
            await server.LineAsync(line => line.Contains("7000", StringComparison.Ordinal));
        }
        catch (InvalidOperationException error)
        {
            Assert.Skip($"a network of its own needs root: {error.Message}");
        }

        await using TramaProcess run = TramaProcess.Start("run", "--pid", $"{server.Id}");
        await LookingAsync(run);
        await TramaProcess.RunAsync(enter,
            ["--net", "--target", $"{server.Id}", TramaProcess.Binary, "send", "127.0.0.1", "7000", "there"]);
        await run.ErrorAsync(line => line.Contains("127.0.0.1:7000\t5 B there\t", StringComparison.Ordinal));
        // It ends with the process.
        server.Signal("KILL");
        Assert.Equal(0, (await run.EndAsync()).Code);
    }

    [Fact]
    public async Task Looks_at_a_container_by_the_beginning_of_its_identifier()
    {
        const string id = "4a4a52e1c07b3f4a52e1c07b3f4a52e1c07b3f4a52e1c07b3f4a52e1c07b0188";
        Assert.SkipUnless(Environment.UserName == "root", "a control group and a network of its own need root");
        string unshare = TestData.Program("unshare"), enter = TestData.Program("nsenter"), ip = TestData.Program("ip");
        string place = $"{OwnerPlaceTests.ControlGroups}/docker-{id}.scope";
        try
        {
            Directory.CreateDirectory(place);
            Assert.SkipUnless(File.Exists($"{place}/cgroup.procs"), "no control groups of version 2 here");
            await using TramaProcess server = TramaProcess.Start(unshare, ["--net", "sh", "-c", $"'{ip}' link set lo up && "
                + $"echo $$ > {place}/cgroup.procs && exec '{TramaProcess.Binary}' serve --port 7000 --keep-open"]);
            await server.LineAsync(line => line.Contains("7000", StringComparison.Ordinal));
            await using TramaProcess run = TramaProcess.Start("run", "--container", id[..12]);
            await LookingAsync(run);
            // One that is of the container, and one beside it in the same network, which says nothing to it.
            await TramaProcess.RunAsync(enter, ["--net", "--target", $"{server.Id}", "sh", "-c",
                $"'{TramaProcess.Binary}' send 127.0.0.1 7001 beside; '{TramaProcess.Binary}' send 127.0.0.1 7000 there"]);
            string line = await run.ErrorAsync(line => line.Contains("127.0.0.1:7000\t5 B there\t", StringComparison.Ordinal));
            Assert.EndsWith($" {server.Id} (docker://{id[..12]})", line, StringComparison.Ordinal);
            server.Signal("KILL");
            TramaProcess.Ended ended = await run.EndAsync();
            Assert.Equal(0, ended.Code);
            Assert.Contains("trama: 1 connection, 1 exchange, ", ended.Errors, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            Assert.Skip($"control groups cannot be made here: {error.Message}");
        }
        finally
        {
            OwnerPlaceTests.Remove(place);
        }
    }

    [Theory]
    [InlineData("a command to run is missing")]
    [InlineData("--pid, --container and --check run no command", "--check", "--", "true")]
    [InlineData("--pid and --isolate exclude each other", "--pid", "1", "--isolate")]
    public async Task A_command_line_that_makes_no_sense_is_refused(string problem, params string[] args)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["run", .. args]);
        Assert.Equal(2, ended.Code);
        Assert.Contains(problem, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_or_container_that_is_not_there_is_told()
    {
        TramaProcess.Ended process = await TramaProcess.RunAsync(["run", "--pid", "2147483647"]);
        Assert.Equal((125, "trama: there is no process 2147483647\n"), (process.Code, process.Errors));
        TramaProcess.Ended container = await TramaProcess.RunAsync(["run", "--container", "ffffffffffff"]);
        Assert.Equal((125, "trama: no container that is seen begins with 'ffffffffffff', or several do\n"),
            (container.Code, container.Errors));
    }

    private static async Task LookingAsync(TramaProcess run)
    {
        try
        {
            await run.ErrorAsync(line => line.StartsWith("trama: looking at ", StringComparison.Ordinal));
        }
        catch (InvalidOperationException error)
        {
            Assert.Skip($"capturing needs CAP_NET_RAW, or root: {error.Message}");
        }
    }

    // In a user namespace in which no other can be made, and without rights over this network.
    private static async Task<TramaProcess.Ended> WithoutNamespacesAsync(params string[] args)
    {
        string unshare = TestData.Program("unshare");
        string[] caged = ["--user", "--map-root-user", "sh", "-c", "echo 0 > /proc/sys/user/max_user_namespaces; exec \"$@\"", "sh"];
        TramaProcess.Ended could = await TramaProcess.RunAsync(unshare, [.. caged, TramaProcess.Binary, "--version"]);
        if (could.Code != 0) Assert.Skip($"no user namespace can be made here: {could.Errors}");
        return await TramaProcess.RunAsync(unshare, [.. caged, TramaProcess.Binary, .. args]);
    }

    // Without capabilities, and with a filter of system calls as containers have it: unshare(2) is not permitted, nor clone3(2).
    private static async Task<TramaProcess.Ended> InContainerAsync(params string[] args)
    {
        const string filter = """
            import ctypes, os, struct, sys
            unshare = 272 if os.uname().machine == 'x86_64' else 97
            code = struct.pack('=' + 'HBBI' * 6, 0x20, 0, 0, 0, 0x15, 2, 0, unshare, 0x15, 2, 0, 435, 6, 0, 0, 0x7fff0000,
                6, 0, 0, 0x50001, 6, 0, 0, 0x50026)
            class Program(ctypes.Structure): _fields_ = [('count', ctypes.c_ushort), ('code', ctypes.c_char_p)]
            libc = ctypes.CDLL(None)
            libc.prctl(38, 1, 0, 0, 0)
            if libc.prctl(22, 2, ctypes.byref(Program(6, code)), 0, 0): sys.exit('no filters')
            os.execv(sys.argv[1], sys.argv[1:])
            """;
        string python = TestData.Program("python3");
        string[] caged = Environment.UserName == "root"
            ? [TestData.Program("setpriv"), "--bounding-set=-all", "--inh-caps=-all", python, "-c", filter] : [python, "-c", filter];
        TramaProcess.Ended could = await TramaProcess.RunAsync(caged[0], [.. caged[1..], TramaProcess.Binary, "--version"]);
        if (could.Code != 0) Assert.Skip($"system calls cannot be filtered here: {could.Errors}");
        return await TramaProcess.RunAsync(caged[0], [.. caged[1..], TramaProcess.Binary, .. args]);
    }

    private static async Task<TramaProcess.Ended> AsOrdinaryUserAsync(params string[] args)
    {
        if (Environment.UserName != "root") Assert.Skip("becoming another user needs root");
        string setpriv = TestData.Program("setpriv");
        string[] user = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "env", "HOME=/tmp"];
        TramaProcess.Ended could = await TramaProcess.RunAsync(setpriv,
            [.. user, "sh", "-c", $"unshare --user --map-current-user --keep-caps --net true && '{TramaProcess.Binary}' --version"]);
        if (could.Code != 0) Assert.Skip($"an ordinary user cannot run it here: {could.Errors}");
        return await TramaProcess.RunAsync(setpriv, [.. user, TramaProcess.Binary, .. args]);
    }
}
