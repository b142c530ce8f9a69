using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

/// <summary>Captures what real servers and clients say to each other on loopback, with the command itself.</summary>
internal static class LiveCapture
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Captures a port while a talk goes on.</summary>
    /// <param name="folder">Where the capture goes.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="talk">What is said.</param>
    /// <returns>The path of the capture.</returns>
    public static Task<string> OfAsync(TemporaryFolder folder, int port, Func<Task> talk) => OfAsync(folder, $"tcp port {port}", talk);

    /// <summary>Captures what a filter lets through while a talk goes on.</summary>
    public static async Task<string> OfAsync(TemporaryFolder folder, string filter, Func<Task> talk)
    {
        string capture = folder["live.pcap"];
        await using TramaProcess dump = TramaProcess.Start("dump", "-i", "lo", "-w", capture, filter);
        await dump.ErrorAsync(line => line.Contains("listening", StringComparison.OrdinalIgnoreCase));
        await talk();
        dump.Signal("INT");
        Assert.Equal(0, (await dump.EndAsync()).Code);
        return capture;
    }

    /// <summary>Returns when a server accepts connections.</summary>
    public static async Task AcceptsAsync(int port)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }
}
