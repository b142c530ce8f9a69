using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// The verdict under <c>trama run</c> is that of a capture of the same command on the wire: a server in a network of its own, and a
/// way there that loses, refuses or delays.
/// </summary>
public class RunVerdictTests
{
    // The client's network is the one that this is started in. What leaves it goes to the server's network as the way has it.
    private const string Way = """
        import ctypes, fcntl, heapq, os, select, socket, struct, subprocess, sys, time
        libc = ctypes.CDLL(None)
        way = sys.argv[1]
        def device(name, address):
            end = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(end, 0x400454ca, struct.pack('16sH22x', name.encode(), 0x1001))
            for words in ('link set lo up', f'link set {name} up', f'addr add {address}/24 dev {name}'):
                subprocess.run(['ip', *words.split()], check=True)
            return end
        def sum16(data):
            total = sum(struct.unpack(f'>{len(data) // 2}H', data))
            while total >> 16: total = (total & 0xffff) + (total >> 16)
            return struct.pack('>H', ~total & 0xffff)
        def unreachable(packet):
            icmp = struct.pack('>BBHI', 3, 1, 0, 0) + packet[:28]
            icmp = icmp[:2] + sum16(icmp) + icmp[4:]
            ip = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(icmp), 0, 0, 64, 1, 0) + bytes((10, 77, 0, 254)) + packet[12:16]
            return ip[:10] + sum16(ip) + ip[12:] + icmp
        near = device('near0', '10.77.0.1')
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            libc.prctl(1, 9)
            if libc.unshare(0x40000000): sys.exit(1)
            socket.send_fds(theirs, [b'x'], [device('far0', '10.77.0.2')])
            # A window that little closes: much traffic on a busy machine would have other findings, too.
            open('/proc/sys/net/ipv4/tcp_rmem', 'w').write('4096 16384 65536')
            os.execv(sys.argv[2], sys.argv[2:])
        far = socket.recv_fds(ours, 1, 1)[1][0]
        delay = 0.15 if way == 'slow' else 0
        waiting, count, lost = [], 0, None
        while True:
            left = max(0, waiting[0][0] - time.monotonic()) if waiting else None
            for end in select.select([near, far], [], [], left)[0]:
                packet = os.read(end, 65536)
                if packet[0] >> 4 != 4 or (end == near and way == 'filtered'): continue
                if end == near and way == 'unreachable': os.write(near, unreachable(packet)); continue
                # Once a window is closed, what tells that it opened is lost, until it is asked for.
                if way == 'window-lost' and packet[9] == 6:
                    closed = packet[34:36] == bytes(2)
                    if end == far and closed: lost = lost or 0
                    elif end == far and lost is not None: lost += 1; continue
                    elif end == near and lost: way = 'straight'
                count += 1
                heapq.heappush(waiting, (time.monotonic() + delay, count, far if end == near else near, packet))
            while waiting and waiting[0][0] <= time.monotonic(): os.write(*heapq.heappop(waiting)[2:])
        """;

    [Theory]
    [InlineData("connection-refused", "straight", 7001, "latency=0ms")]
    [InlineData("connection-rejected-by-icmp", "unreachable", 7000, "latency=0ms")]
    [InlineData("connection-filtered", "filtered", 7000, "latency=0ms")]
    [InlineData("slow-server", "straight", 7000, "latency=1500ms")]
    [InlineData("slow-network", "slow", 7000, "latency=0ms")]
    [InlineData("closed-without-reply", "straight", 7000, "closed-without-reply")]
    [InlineData("reset-by-server", "straight", 7000, "reset-after=0")]
    [InlineData("zero-window", "straight", 7000, "zero-window", "--timeout 6s", "head -c 600000 /dev/zero |")]
    public async Task Is_that_of_a_direct_capture(string finding, string way, int port, string fault,
        string said = "hello --count 3 --timeout 7s", string before = "")
    {
        string python = TestData.Program("python3"), unshare = TestData.Program("unshare"), enter = TestData.Program("nsenter");
        TestData.Program("ip");
        if (Environment.UserName != "root") Assert.Skip("networks of their own, and captures in them, need root");
        using var folder = new TemporaryFolder();
        await using TramaProcess server = TramaProcess.Start(unshare, ["--net", python, "-c", Way, way, TramaProcess.Binary, "serve",
            "--port", "7000", "--bind", "10.77.0.2", "--keep-open", "--fault", fault]);
        try
        {
            await server.LineAsync(line => line.Contains("7000", StringComparison.Ordinal));
        }
        catch (InvalidOperationException error)
        {
            Assert.Skip($"there are no TUN devices here: {error.Message}");
        }

        string[] there = ["--net", "--target", $"{server.Id}"];
        string send = $"{before} '{TramaProcess.Binary}' send 10.77.0.2 {port} {said}";
        await using TramaProcess dump = TramaProcess.Start(enter,
            [.. there, TramaProcess.Binary, "dump", "-i", "near0", "-Z", "root", "-w", folder["direct.pcap"]]);
        await dump.ErrorAsync(line => line.StartsWith("trama: listening on", StringComparison.Ordinal));
        Task<TramaProcess.Ended> direct = TramaProcess.RunAsync(enter, [.. there, "sh", "-c", send]);
        Task<TramaProcess.Ended> run = TramaProcess.RunAsync(enter, [.. there, TramaProcess.Binary, "run", "--isolate", "--pcapng",
            folder["run.pcapng"], "-q", "--", "sh", "-c", send]);
        await Task.WhenAll(direct, run);
        dump.Signal("INT");
        await dump.EndAsync();
        if ((await run).Code == 125) Assert.Skip($"a network of its own is not allowed here: {(await run).Errors}");
        // What the gateway itself said to the server is in it too, and is judged alike.
        string[] directly = await VerdictAsync(folder["direct.pcap"]), under = await VerdictAsync(folder["run.pcapng"]);
        Assert.StartsWith(finding + " ", Assert.Single(directly), StringComparison.Ordinal);
        Assert.Equal(directly, under);
    }

    [Fact]
    public async Task A_window_of_which_nobody_hears_that_it_opened_is_asked_for()
    {
        string python = TestData.Program("python3"), unshare = TestData.Program("unshare"), enter = TestData.Program("nsenter");
        if (Environment.UserName != "root") Assert.Skip("networks of their own need root");
        const string reads = """
            import socket, time
            listening = socket.create_server(('10.77.0.2', 7000)); print(7000, flush=True)
            client = listening.accept()[0]; time.sleep(1.5); length = 0
            while length < 600000: length += len(client.recv(65536))
            client.send(b'%d' % length)
            """;
        await using TramaProcess server = TramaProcess.Start(unshare, ["--net", python, "-c", Way, "window-lost", python, "-c", reads]);
        await server.LineAsync(_ => true);
        TramaProcess.Ended run = await TramaProcess.RunAsync(enter, ["--net", "--target", $"{server.Id}", TramaProcess.Binary, "run",
            "--isolate", "-q", "--", "sh", "-c", $"head -c 600000 /dev/zero | '{TramaProcess.Binary}' send 10.77.0.2 7000 --timeout 9s"]);
        if (run.Code == 125) Assert.Skip($"a network of its own is not allowed here: {run.Errors}");
        Assert.Equal("600000", run.Output.Split(' ')[^1].Trim());
    }

    // The main finding of each connection, and whose it is.
    private static async Task<string[]> VerdictAsync(string capture)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["diagnose", "--json", capture]);
        return [.. JsonDocument.Parse(ended.Output).RootElement.GetProperty("connections").EnumerateArray()
            .SelectMany(connection => connection.GetProperty("findings").EnumerateArray().Take(1))
            .Select(main => $"{main.GetProperty("id")} {main.GetProperty("party")}").Distinct().Order()];
    }
}
