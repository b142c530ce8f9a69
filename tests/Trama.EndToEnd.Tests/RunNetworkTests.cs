namespace Trama.EndToEnd.Tests;

/// <summary>What <c>trama run</c> passes on beside TCP, and loopback both ways.</summary>
public class RunNetworkTests
{
    [Fact]
    public async Task The_loopback_of_IPv6_is_this_machine_s_where_nobody_within_listens()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--bind", "::1", "--keep-open");
        int port = await ServeTests.PortAsync(server);
        TramaProcess.Ended ended = await RunAsync("sh", "-c",
            $"'{TramaProcess.Binary}' send ::1 {port} outside; '{TramaProcess.Binary}' send ::1 {FreePorts.Next()} nobody; true");
        Assert.Contains("Message received successfully!", ended.Output, StringComparison.Ordinal);
        Assert.Contains($" > [::1]:{port}\t7 B outside\t", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("● connection-refused, the server", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_within_hear_each_other_on_the_loopback_of_IPv6()
    {
        int port = FreePorts.Next();
        TramaProcess.Ended ended = await RunAsync("sh", "-c",
            $"'{TramaProcess.Binary}' serve --port {port} --once --bind ::1 >/dev/null & sleep 1; "
                + $"'{TramaProcess.Binary}' send ::1 {port} within; wait");
        Assert.Contains("Message received successfully!", ended.Output, StringComparison.Ordinal);
        Assert.Contains("6 B within", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public async Task Programs_within_hear_each_other_by_UDP(string bound, string address)
    {
        string python = TestData.Program("python3"), family = address.Contains(':', StringComparison.Ordinal) ? "AF_INET6" : "AF_INET";
        TramaProcess.Ended ended = await RunAsync(python, "-c",
            $"import socket; s = socket.socket(socket.{family}, socket.SOCK_DGRAM); s.bind(('{bound}', 0)); s.settimeout(20)\n"
                + $"c = socket.socket(socket.{family}, socket.SOCK_DGRAM); c.settimeout(20); c.connect(('{address}', s.getsockname()[1]))\n"
                + "for i in range(3):\n    c.send(b'asked'); d, a = s.recvfrom(99); s.sendto(b'answered', a); print(d, c.recv(99))");
        Assert.Equal("b'asked' b'answered'\nb'asked' b'answered'\nb'asked' b'answered'\n", ended.Output);
    }

    [Fact]
    public async Task A_UDP_port_where_nobody_listens_is_refused()
    {
        string python = TestData.Program("python3");
        TramaProcess.Ended ended = await RunAsync(python, "-c",
            "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', 9)); s.settimeout(20)\n"
                + "s.send(b'x')\ntry: s.recv(9)\nexcept OSError as error: print(type(error).__name__)");
        Assert.Equal("ConnectionRefusedError\n", ended.Output);
    }

    [Theory]
    [InlineData("10.77.1.9", 0, "1 received")]
    [InlineData("fd77::9", 0, "1 received")]
    [InlineData("10.77.2.9", 1, "Unreachable")]
    [InlineData("127.0.0.1", 0, "1 received")]
    [InlineData("::1", 0, "1 received")]
    public async Task Echoes_come_back_and_what_is_unreachable_is_told(string address, int code, string told)
    {
        string ping = TestData.Program("ping"), unshare = TestData.Program("unshare");
        TestData.Program("ip");
        if (Environment.UserName != "root") Assert.Skip("a network with addresses of our own needs root");
        // In a network in which this user may send echoes, as most systems have it.
        TramaProcess.Ended ended = await TramaProcess.RunAsync(unshare, ["--net", "sh", "-c",
            "ip link set lo up; ip addr add 10.77.1.9/32 dev lo; ip -6 addr add fd77::9/128 dev lo nodad; "
                + "ip route add unreachable 10.77.2.9; echo '0 0' > /proc/sys/net/ipv4/ping_group_range; exec \"$@\"", "sh",
            TramaProcess.Binary, "run", "--isolate", "--", ping, "-c", "1", "-W", "5", address]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        Assert.Contains(told, ended.Output, StringComparison.Ordinal);
        Assert.Equal(code, ended.Code);
    }

    [Theory]
    [InlineData("--isolate", 0)]
    [InlineData("", 53)]
    public async Task A_name_that_DNS_told_stands_beside_the_address(string how, int dnsPort)
    {
        string python = TestData.Program("python3");
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--bind", "127.0.0.7", "--keep-open");
        int port = await ServeTests.PortAsync(server), closed = FreePorts.Next();
        // A reply to any question: the question, and the address 127.0.0.7 for it.
        await using TramaProcess names = TramaProcess.Start(python, ["-c",
            $"import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.99', {dnsPort})); "
                + "print(s.getsockname()[1], flush=True)\nwhile True:\n    d, a = s.recvfrom(999); s.sendto(d[:2] "
                + "+ bytes.fromhex('81800001000100000000') + d[12:] + bytes.fromhex('c00c000100010000003c00047f000007'), a)"]);
        string dns = await NamesPortAsync(names);
        string[] command = ["--", "sh", "-c",
            $"{python} -c \"import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.99', {dns})); "
                + "s.send(bytes.fromhex('123401000001000000000000076578616d706c65036f72670000010001')); s.recv(999)\"; "
                + $"'{TramaProcess.Binary}' send 127.0.0.7 {port} named; '{TramaProcess.Binary}' send 127.0.0.7 {closed} refused; true"];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(how.Length == 0 ? ["run", .. command] : ["run", how, .. command]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        if (how.Length == 0 && !ended.Errors.Contains(" > trama ", StringComparison.Ordinal)) Assert.Skip("capturing needs root");
        Assert.Contains($" > 127.0.0.7:{port} example.org\t5 B named\t", ended.Errors, StringComparison.Ordinal);
        Assert.Contains($", the server: example.org (127.0.0.7:{closed}): ", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--isolate")]
    public async Task Connections_by_Unix_sockets_go_through_and_are_named(string how)
    {
        string python = TestData.Program("python3");
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(python, ["-c",
            $"import socket; s = socket.socket(socket.AF_UNIX); s.bind('{folder["a socket"]}'); s.listen(); print('ready', flush=True)\n"
                + "for i in range(9):\n    c, _ = s.accept(); c.recv(9); c.send(b'heard'); c.recv(9)"]);
        await server.LineAsync(line => line == "ready");
        const string client = "import socket, sys, time\nfor i in range(2):\n    s = socket.socket(socket.AF_UNIX); "
            + "s.connect(sys.argv[1]); s.send(b'said'); print(s.recv(9), flush=True); time.sleep(2); s.close()";
        // Another one beside it, which is not the command's.
        await using TramaProcess other = TramaProcess.Start(python, ["-c", client, folder["a socket"]]);
        await other.LineAsync(_ => true);
        await other.EndAsync();
        string[] args = ["run", "--", python, "-c", client, folder["a socket"]];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(how.Length == 0 ? args : ["run", how, .. args[1..]]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        Assert.Equal("b'heard'\nb'heard'\n", ended.Output);
        Assert.Contains($"trama: 2 connections by Unix sockets are not shown: {folder["a socket"]} (2)\n", ended.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_that_become_another_user_and_abstract_sockets_are_told()
    {
        string python = TestData.Program("python3");
        using var folder = new TemporaryFolder();
        string name = $"trama-{Guid.NewGuid():N}";
        await using TramaProcess server = TramaProcess.Start(python, ["-c",
            $"import socket; s = socket.socket(socket.AF_UNIX); s.bind('\\0{name}'); s.listen(); print('ready', flush=True); "
                + "s.accept()"]);
        await server.LineAsync(line => line == "ready");
        File.Copy(TestData.Program("sleep"), folder["other"]);
        Assert.Equal(0, (await TramaProcess.RunAsync(TestData.Program("chmod"), ["u+s", folder["other"]])).Code);
        TramaProcess.Ended ended = await RunAsync("sh", "-c",
            $"'{folder["other"]}' 2; {python} -c \"import socket; socket.socket(socket.AF_UNIX).connect('\\0' + '@{name}'[1:])\" "
                + "2>&1 | tail -1");
        Assert.Equal("ConnectionRefusedError: [Errno 111] Connection refused\n", ended.Output);
        Assert.Contains($"trama: not reachable from within, since abstract Unix sockets belong to this machine's network: @{name}\n",
            ended.Errors, StringComparison.Ordinal);
        Assert.Contains($"trama: {folder["other"]} has the setuid bit, and gains nothing within", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-q")]
    [InlineData("--isolate")]
    public async Task Nothing_is_left_of_a_run_that_was_killed(string how)
    {
        await using TramaProcess run = TramaProcess.Start("run", how, "--", "sh", "-c", "echo $SSLKEYLOGFILE; exec sleep 20");
        string keys = await run.LineAsync(_ => true), folder = Path.GetDirectoryName(keys)!;
        Assert.True(File.Exists(keys));
        run.Signal("KILL");
        for (int i = 0; i < 600 && Directory.Exists(folder); i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(folder));
    }

    private static async Task<string> NamesPortAsync(TramaProcess names)
    {
        try
        {
            return await names.LineAsync(_ => true);
        }
        catch (InvalidOperationException error)
        {
            Assert.Skip($"the port of DNS needs root, and nobody else there: {error.Message}");
            throw;
        }
    }

    private static async Task<TramaProcess.Ended> RunAsync(params string[] command)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["run", "--isolate", "--", .. command]);
        if (ended.Code == 125) Assert.Skip($"a network of its own is not allowed here: {ended.Errors}");
        return ended;
    }
}
