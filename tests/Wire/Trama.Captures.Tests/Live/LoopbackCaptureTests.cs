using System.Net;
using System.Net.Sockets;
using Trama.Captures.Filters;
using Trama.Captures.Live;

namespace Trama.Captures.Tests.Live;

/// <summary>Live capture on the loopback device, where the privilege for it is there.</summary>
public class LoopbackCaptureTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Captures_the_datagrams_that_the_filter_lets_through()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using LiveCapture capture = Open("lo");
        PacketFilter filter = capture.Compile($"udp dst port {port}");
        capture.Apply(filter);
        // On a busy device, what came before the filter may fill the buffer, and is to be read first.
        var waiting = new TaskCompletionSource();
        capture.Waiting = () => waiting.TrySetResult();
        Task<List<byte[]>> reading = Task.Run(() => Read(capture, filter, count: 3), TestContext.Current.CancellationToken);
        await waiting.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        using var sender = new UdpClient();
        for (byte i = 1; i <= 3; i++) await sender.SendAsync(new byte[] { i, i, i }, new IPEndPoint(IPAddress.Loopback, port),
            TestContext.Current.CancellationToken);

        List<byte[]> packets = await reading.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        Assert.Equal([[1, 1, 1], [2, 2, 2], [3, 3, 3]], packets.Select(packet => packet[^3..]));
        Assert.True(capture.Statistics.Received >= 3);
    }

    [Fact]
    public async Task Stopping_ends_a_read_that_waits()
    {
        using LiveCapture capture = Open("lo");
        capture.Apply(capture.Compile("ether proto 0x9999"));
        var waiting = new TaskCompletionSource();
        capture.Waiting = () => waiting.TrySetResult();
        Task<bool> reading = Task.Run(() => capture.TryRead(out _), TestContext.Current.CancellationToken);
        await waiting.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        capture.Stop();

        Assert.False(await reading.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    /// <summary>Opens a device; skips the test where this user may not.</summary>
    internal static LiveCapture Open(string device)
    {
        try
        {
            return LiveCapture.Open(device, new LiveOptions { Immediate = true });
        }
        catch (CaptureException error) when (error.Failure is CaptureFailure.NotPermitted or CaptureFailure.LibraryMissing)
        {
            Assert.Skip($"no live capture here: {error.Message}");
            throw;
        }
    }

    private static List<byte[]> Read(LiveCapture capture, PacketFilter filter, int count)
    {
        List<byte[]> packets = [];
        while (packets.Count < count && capture.TryRead(out Record record))
        {
            Assert.True(filter.Matches(record));
            packets.Add(record.Bytes.ToArray());
        }

        return packets;
    }
}
