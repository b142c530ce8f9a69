using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.EndToEnd.Tests;

/// <summary>memcached, in lines and in packets; tshark is the judge of the packets.</summary>
public class MemcachedLiveTests
{
    private static readonly string[] s_opcodes =
    [
        "get", "set", "add", "replace", "delete", "increment", "decrement", "quit", "flush", "getq", "noop", "version", "getk", "getkq",
    ];

    [Fact]
    public async Task A_capture_of_packets_is_told_as_tshark_tells_it() =>
        await AssertJudgedAsync(TestData.Shared("protocols/memcached-packetbeat-memcache-bin-tcp-multi-store-load.pcap"), []);

    [Fact]
    public async Task A_capture_of_lines_is_told_by_command_and_outcome() => Assert.Equal(
        [
            "0 client bad -> ERROR", "0 client delete k -> DELETED", "0 client get k -> VALUE", "0 client get nope -> END",
            "0 client gets k -> VALUE",
            "0 client incr k -> CLIENT_ERROR cannot increment or decrement non-numeric value", "0 client mg k -> EN", "0 client quit -> ",
            "0 client set k -> STORED", "0 client stats -> END",
        ],
        await ProtocolTrace.OfAsync(TestData.Shared("protocols/memcached-lab-text.pcapng"), "memcached"));

    [Fact]
    public async Task What_a_server_is_asked_in_lines_and_in_packets_is_traced_whole()
    {
        string memcached = TestData.Program("memcached");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await using TramaProcess server = TramaProcess.Start(memcached, ["-l", "127.0.0.1", "-p", $"{port}", "-U", "0", "-u", "root",
            "-m", "16"]);
        await LiveCapture.AcceptsAsync(port);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            await SayAsync(port, Encoding.ASCII.GetBytes(
                $"set k 0 60 90000\r\n{new string('x', 90_000)}\r\nget k\r\nset q 0 0 1 noreply\r\ny\r\n"), "END\r\n"u8.ToArray());
            byte[] last = Packet(0x0a, 9, "");
            await SayAsync(
                port, [.. Packet(1, 1, "a", 8, 10), .. Packet(0x0d, 2, "a"), .. Packet(0x0d, 3, "none"), .. Packet(0, 4, "none"), .. last],
                [0x81, .. last[1..]]);
        });
        string[] told = await AssertJudgedAsync(capture, [port]);
        Assert.Equal(
            [
                "0 client get k -> VALUE", "0 client set k -> STORED", "0 client set q -> ", "1 client get none -> 1 Key not found",
                "1 client getkq a -> 0 No error",
                "1 client getkq none -> quiet", "1 client noop -> 0 No error", "1 client set a -> 0 No error",
            ],
            told);
    }

    // Every reply in a packet has its status; requests that are answered by silence have none.
    private static async Task<string[]> AssertJudgedAsync(string capture, int[] ports)
    {
        string[] told = await ProtocolTrace.OfAsync(capture, "memcached");
        List<ProtocolJudge.Unit> units = await ProtocolJudge.OfAsync(capture, "memcache", ports);
        IEnumerable<string> theirs = units.Where(unit => unit["memcache.magic"] == "128").Select(request =>
        {
            string opcode = s_opcodes[int.Parse(request["memcache.opcode"]!, System.Globalization.CultureInfo.InvariantCulture)];
            ProtocolJudge.Unit? reply = units.Find(unit => unit["memcache.magic"] == "129" && unit.Stream == request.Stream
                && unit["memcache.opaque"] == request["memcache.opaque"]);
            string key = request["memcache.key"] is { } name ? $" {name}" : "";
            return $"{request.Stream} client {opcode}{key} -> {(reply is null ? "quiet" : reply["memcache.status"])}";
        });
        IEnumerable<string> ours = told.Where(line => char.IsAsciiDigit(line[^1]) || line.EndsWith("quiet", StringComparison.Ordinal)
            || line.Contains("-> 0 ", StringComparison.Ordinal) || line.Contains("-> 1 ", StringComparison.Ordinal))
            .Select(line => line[..(line.IndexOf("-> ", StringComparison.Ordinal) + 3)]
                + line[(line.IndexOf("-> ", StringComparison.Ordinal) + 3)..].Split(' ')[0]);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        return told;
    }

    private static async Task SayAsync(int port, byte[] said, byte[] expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(said, TestContext.Current.CancellationToken);
        var heard = new List<byte>();
        byte[] bytes = new byte[8192];
        while (!heard.TakeLast(expected.Length).SequenceEqual(expected))
        {
            int count = await stream.ReadAsync(bytes, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            heard.AddRange(bytes[..count]);
        }
    }

    private static byte[] Packet(byte opcode, uint opaque, string key, byte extras = 0, int value = 0)
    {
        byte[] packet = new byte[24 + extras + key.Length + value];
        (packet[0], packet[1], packet[4]) = (0x80, opcode, extras);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)key.Length);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), packet.Length - 24);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(12), opaque);
        Encoding.ASCII.GetBytes(key).CopyTo(packet, 24 + extras);
        return packet;
    }
}
