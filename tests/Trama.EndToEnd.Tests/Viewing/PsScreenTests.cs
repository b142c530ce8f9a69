using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests.Viewing;

/// <summary><c>trama ps --watch</c> on a terminal: rows as those of view.</summary>
public class PsScreenTests
{
    [Fact]
    public async Task One_moves_about_in_the_sockets_and_chooses_among_them()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        List<TcpClient> clients = [];
        List<Socket> accepted = [];
        try
        {
            for (int i = 0; i < 3; i++)
            {
                var client = new TcpClient();
                clients.Add(client);
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                accepted.Add(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
            }

            // The first one's peer is gone, and its program does not care.
            clients[0].Close();
            await using TerminalWindow window = await TerminalWindow.OpenAsync(120, 24);
            await window.RunAsync($"modes=$(stty -g); {TramaProcess.Binary} ps --watch 200ms --port {port}; echo \"code $?\"");
            string whole = await window.UntilAsync("CLOSE-WAIT");
            Assert.Contains("PROCESS", whole, StringComparison.Ordinal);
            Assert.Contains("the sick ones first", whole, StringComparison.Ordinal);
            await window.UntilAsync(screen => screen.Split('\n')[2].StartsWith('>'));
            await window.TypeAsync("j");
            await window.UntilAsync(screen => !screen.Split('\n')[2].StartsWith('>') && screen.Contains("\n>", StringComparison.Ordinal));
            await window.TypeAsync("o");
            await window.UntilAsync("by rate");
            await window.TypeAsync("f");
            await window.UntilAsync(screen => screen.Contains("faults only", StringComparison.Ordinal)
                && !screen.Contains("ESTAB", StringComparison.Ordinal));
            await window.TypeAsync("f", "Space");
            await window.UntilAsync("paused");
            await window.ResizeAsync(80, 24);
            await window.UntilAsync(screen => screen.Contains("ESTAB", StringComparison.Ordinal));
            await window.TypeAsync("q");
            await window.UntilAsync("code 0");
            await window.RunAsync("[ \"$(stty -g)\" = \"$modes\" ] && echo the-\"same\"");
            await window.UntilAsync("the-same");
            Assert.Equal("0", await window.AskAsync("alternate_on"));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
            accepted.ForEach(socket => socket.Dispose());
        }
    }
}
