using System.Net.Sockets;
using System.Text;
using Trama.Framing;
using Trama.Peers.Messages;
using Trama.Peers.Serving;

namespace Trama.Peers.Tests.Serving;

public class ServerStopUnderLoadTests
{
    [Fact]
    public async Task Every_reply_that_had_begun_arrives()
    {
        // A client that hears of the end too late, or says too much until then, is reset with replies on their way: here no time passes,
        // and nothing is too much.
        ServerOptions options = RunningServer.Echoing with { Framing = FramingRule.Lines, MessageLimit = MessageAssembler.LargestLimit };
        await using var server = new RunningServer(options, new ManualTime());
        Socket[] clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.ConnectAsync()));
        // The system resets those that it has not handed to the server yet when that stops listening.
        for (int i = 0; i < clients.Length; i++) await server.Log.UntilAsync("connected 127.0.0.1");
        Task<int>[] heard = [.. clients.Select(TalkAsync)];
        for (int i = 0; i < 2000; i++) await server.Log.NextMessageAsync();
        await server.StopAsync();

        int arrived = (await Task.WhenAll(heard).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Sum();
        Assert.Equal(server.Log.Replies, arrived);
        foreach (Socket client in clients) client.Dispose();
    }

    // Keeps sending lines without waiting, until the server has closed; how many whole lines came back.
    private static async Task<int> TalkAsync(Socket client)
    {
        Task talking = Task.Run(async () =>
        {
            try
            {
                for (int number = 0; ; number++)
                {
                    await client.SendAsync(Encoding.ASCII.GetBytes($"line {number} {new string('x', 200)}\n"));
                    // As long as there is room nothing waits, and twenty such loops would leave no thread to those that hear.
                    await Task.Yield();
                }
            }
            catch (SocketException)
            {
                // The server is gone.
            }
        });
        int lines = 0;
        byte[] buffer = new byte[64 << 10];
        while (await client.ReceiveAsync(buffer) is > 0 and int count) lines += buffer.AsSpan(0, count).Count((byte)'\n');
        client.Shutdown(SocketShutdown.Both);
        await talking;
        return lines;
    }
}
