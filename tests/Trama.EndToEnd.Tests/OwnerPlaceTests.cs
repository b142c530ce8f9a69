using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>Whose a connection is where that is hard to tell: numbers used again, other networks, containers, a /proc that hides.</summary>
public sealed class OwnerPlaceTests
{
    private const string Container = "3f4a52e1c07b3f4a52e1c07b3f4a52e1c07b3f4a52e1c07b3f4a52e1c07b0123";
    private const string Pod = "5d3b9bc5-8b4d-4d0f-9a53-0123456789ab";

    // Connects to itself, prints the port, and holds both ends until its input ends, or a command that it is given.
    private const string Talking =
        "import socket, subprocess, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[1]))); c = socket.create_connection(s.getsockname()); "
        + "a, _ = s.accept(); c.send(b'hello'); print(s.getsockname()[1], flush=True); "
        + "subprocess.run(sys.argv[2:]) if sys.argv[2:] else sys.stdin.read()";

    /// <summary>Where control groups of version 2 are.</summary>
    internal static string ControlGroups =>
        Directory.Exists("/sys/fs/cgroup/unified") ? "/sys/fs/cgroup/unified" : "/sys/fs/cgroup";

    private readonly string _python = TestData.Program("python3");

    public OwnerPlaceTests() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "needs root");

    [Fact]
    public async Task A_number_that_is_used_again_is_another_process()
    {
        string[] unshare = ["--pid", "--fork", "--mount-proc", _python, "-c", Reused, TramaProcess.Binary];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(TestData.Program("unshare"), unshare);
        Assert.SkipWhen(ended.Errors.Contains("unshare", StringComparison.Ordinal), $"no processes of its own here: {ended.Errors}");
        Assert.True(ended.Code == 0, ended.Errors);
        JsonElement told = JsonDocument.Parse(ended.Output).RootElement;
        (int, string)[] clients = [.. told.GetProperty("clients").EnumerateArray().Select(client => (client[0].GetInt32(),
            client[1].GetString()!))];
        (int, string)[] owners = [.. told.GetProperty("trace").GetProperty("connections").EnumerateArray()
            .Select(connection => OwnedSide.Of(connection, "client")).Select(side => (side.Pid ?? 0, side.Command!))];
        Assert.Equal(2, clients.GroupBy(client => client.Item1).Max(number => number.Count()));
        Assert.Equal(clients, owners);
    }

    [Fact]
    public async Task What_is_in_another_network_is_told_there_alone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var end = (IPEndPoint)listener.LocalEndpoint;
        using var client = new TcpClient();
        await client.ConnectAsync(end, TestContext.Current.CancellationToken);
        using Socket server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        // The same port, of the same address, in another network.
        string inside = $"ip link set lo up && exec {_python} -c \"$1\" {end.Port}";
        await using TramaProcess other =
            TramaProcess.Start(TestData.Program("unshare"), ["--net", "sh", "-c", inside, "sh", Talking]);
        await other.LineAsync(line => line == $"{end.Port}");
        int[] here = await HoldersAsync(end.Port, TramaProcess.Binary);
        int[] there = await HoldersAsync(end.Port, TestData.Program("nsenter"), $"--net=/proc/{other.Id}/ns/net", TramaProcess.Binary);
        Assert.Equal((2, 2), (here.Length, there.Length));
        Assert.All(here, holder => Assert.Equal(Environment.ProcessId, holder));
        Assert.All(there, holder => Assert.Equal(other.Id, holder));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_container_and_its_pod_are_told_by_the_control_group(bool isProcessSeen)
    {
        string pod = $"{ControlGroups}/kubepods-burstable-pod{Pod.Replace('-', '_')}.slice", place = $"{pod}/cri-containerd-{Container}.scope";
        try
        {
            Directory.CreateDirectory(place);
            Assert.SkipUnless(File.Exists($"{place}/cgroup.procs"), "no control groups of version 2 here");
            string enter = $"echo $$ > {place}/cgroup.procs && exec {_python} -c \"$1\" 0";
            await using TramaProcess talking = TramaProcess.Start("/bin/sh", ["-c", enter, "sh", Talking]);
            string port = await talking.LineAsync(_ => true);
            string[] ps = [TramaProcess.Binary, "ps", "--json", "--container", Container[..12]];
            TramaProcess.Ended ended = isProcessSeen ? await TramaProcess.RunAsync(ps[0], ps[1..]) : await AsNobodyAsync(ps);
            JsonElement[] sockets = [.. JsonDocument.Parse(ended.Output).RootElement.GetProperty("sockets").EnumerateArray()];
            Assert.Equal(2, sockets.Length);
            foreach (JsonElement socket in sockets)
            {
                JsonElement[] processes = [.. socket.GetProperty("processes").EnumerateArray()];
                Assert.Equal(isProcessSeen ? [talking.Id] : [], processes.Select(process => process.GetProperty("pid").GetInt32()));
                JsonElement known = isProcessSeen ? processes[0] : socket;
                Assert.Equal($"containerd://{Container}", known.GetProperty("container").GetString());
                Assert.Equal(Pod, known.GetProperty("pod").GetString());
            }

            await talking.EndAsync();
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            Assert.Skip($"control groups cannot be made here: {error.Message}");
        }
        finally
        {
            Remove(place);
            Remove(pod);
        }
    }

    [Fact]
    public async Task A_proc_that_hides_others_leaves_them_unknown()
    {
        // One that everybody may run.
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), $"{python} is missing: apt-get install python3");
        await using TramaProcess others = TramaProcess.Start(_python, ["-c", Talking, "0"]);
        string othersPort = await others.LineAsync(_ => true);
        const string hide = "mount -t proc -o hidepid=2 proc /proc && exec \"$@\"";
        string[] own = [.. Nobody, python, "-c", Talking, "0", TramaProcess.Binary, "ps", "--all", "--json"];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(TestData.Program("unshare"), ["--mount", "sh", "-c", hide, "sh", .. own]);
        Assert.SkipWhen(ended.Errors.Contains("unshare", StringComparison.Ordinal), $"no mounts of its own here: {ended.Errors}");
        string[] lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement[] sockets = [.. JsonDocument.Parse(lines[^1]).RootElement.GetProperty("sockets").EnumerateArray()];
        Assert.All(At(sockets, othersPort), holders => Assert.Empty(holders));
        Assert.All(At(sockets, lines[0]), holders => Assert.Single(holders));
        Assert.Equal((3, 3), (At(sockets, othersPort).Count(), At(sockets, lines[0]).Count()));
    }

    [Theory]
    [InlineData("serve --bind 127.0.0.1 --port {0}", "en", "port {0} is taken by python3 (pid {1})")]
    [InlineData("serve --bind 127.0.0.1 --port {0}", "pt", "a porta {0} está em uso por python3 (pid {1})")]
    [InlineData("relay 127.0.0.1:{0} 127.0.0.1:1", "en", "port {0} is taken by python3 (pid {1})")]
    public async Task Who_has_a_port_is_told(string command, string language, string expected)
    {
        await using TramaProcess holder = TramaProcess.Start(_python, ["-c", Talking, "0"]);
        string port = await holder.LineAsync(_ => true);
        string[] args = [.. string.Format(CultureInfo.InvariantCulture, command, port).Split(' '), "--lang", language];
        TramaProcess.Ended ended = await TramaProcess.RunAsync(args);
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("trama: " + string.Format(CultureInfo.InvariantCulture, expected, port, holder.Id), ended.Errors,
            StringComparison.Ordinal);
        // Whoever may not see it does not guess.
        TramaProcess.Ended unseen = await AsNobodyAsync([TramaProcess.Binary, .. args]);
        Assert.DoesNotContain("python3", unseen.Errors, StringComparison.Ordinal);
    }

    private static string[] Nobody => [TestData.Program("setpriv"), "--reuid", "65534", "--regid", "65534", "--clear-groups"];

    private static Task<TramaProcess.Ended> AsNobodyAsync(string[] command) =>
        TramaProcess.RunAsync(Nobody[0], [.. Nobody[1..], .. command]);

    // The process of each end of the connections at a port.
    private static async Task<int[]> HoldersAsync(int port, string program, params string[] args)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(program, [.. args, "ps", "--json"]);
        JsonElement[] sockets = [.. JsonDocument.Parse(ended.Output).RootElement.GetProperty("sockets").EnumerateArray()];
        return [.. At(sockets, $"{port}").Select(holders => holders.Single())];
    }

    private static IEnumerable<int[]> At(JsonElement[] sockets, string port) => sockets
        .Where(socket => Is(socket, "local", port) || Is(socket, "peer", port))
        .Select(socket => socket.GetProperty("processes").EnumerateArray()
            .Select(process => process.GetProperty("pid").GetInt32()).ToArray());

    private static bool Is(JsonElement socket, string end, string port) => socket.TryGetProperty(end, out JsonElement text)
        && text.GetString()!.EndsWith($":{port}", StringComparison.Ordinal);

    /// <summary>Takes a control group away, as soon as its last process has ended.</summary>
    internal static void Remove(string folder)
    {
        for (int i = 0; i < 100 && Directory.Exists(folder); i++)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Its last process is still ending.
                Thread.Sleep(20);
            }
        }
    }

    // The first process of a namespace of processes decides which number the next one gets.
    private const string Reused = """
        import json, os, signal, socket, subprocess, sys, time
        s = socket.create_server(('127.0.0.1', 0))
        port = s.getsockname()[1]
        command = [sys.argv[1], 'trace', '-i', 'lo', '--json', f'port {port}']
        trace = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        trace.stderr.readline()
        clients = []
        def client(name):
            pid = os.fork()
            if pid == 0:
                open('/proc/self/comm', 'w').write(name)
                c = socket.create_connection(('127.0.0.1', port))
                c.send(b'ping'); c.recv(10); c.close()
                os._exit(0)
            a, _ = s.accept()
            time.sleep(0.1)
            a.recv(10); a.send(b'pong'); a.recv(1); a.close()
            os.waitpid(pid, 0)
            clients.append((pid, name))
            return pid
        first = client('first')
        for i in range(100):
            open('/proc/sys/kernel/ns_last_pid', 'w').write(str(first - 1))
            if client('again') == first: break
        time.sleep(1.5)
        trace.send_signal(signal.SIGINT)
        print(json.dumps({'clients': clients, 'trace': json.loads(trace.communicate()[0])}))
        """;
}
