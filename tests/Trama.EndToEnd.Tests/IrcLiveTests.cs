using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.EndToEnd.Tests;

/// <summary>What two people say to each other through ngircd.</summary>
public class IrcLiveTests
{
    [Fact]
    public async Task Lines_are_told_by_command_and_only_a_ping_is_answered()
    {
        string ngircd = TestData.Program("ngircd");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(
            folder["ngircd.conf"],
            $"""
            [Global]
            Name = irc.example.net
            Info = test
            Listen = 127.0.0.1
            Ports = {port}
            ServerUID = 65534
            ServerGID = 65534
            PidFile =
            MotdPhrase = hello
            [Options]
            DNS = no
            Ident = no
            PAM = no

            """,
            TestContext.Current.CancellationToken);
        await TramaProcess.RunAsync(TestData.Program("chmod"), ["a+rx", folder["."]]);
        await using TramaProcess server = TramaProcess.Start(ngircd, ["-n", "-f", folder["ngircd.conf"]]);
        await LiveCapture.AcceptsAsync(port);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            using Person ana = await Person.ComeAsync(port, "ana"), bo = await Person.ComeAsync(port, "bo");
            await ana.SayAsync("JOIN #talk", " 366 ");
            await bo.SayAsync("JOIN #talk", " 366 ");
            await ana.SayAsync("PRIVMSG #talk :hello", "");
            await bo.HearAsync(":hello");
            await bo.SayAsync("PRIVMSG NickServ :IDENTIFY hunter2", " 401 ");
            await ana.SayAsync("PING :mark", "PONG");
            await ana.SayAsync("QUIT :bye", "ERROR");
        });
        string[] told = await ToldExchanges.OfAsync(capture);
        foreach (string line in (string[])
        [
            "NICK ana >  not due", "JOIN #talk >  not due", "PRIVMSG #talk :hello >  not due", "PRIVMSG *** >  not due",
            "PING :mark > PONG", "QUIT :bye >  not due",
        ]) Assert.Contains(line, told);
        // Said by one, told to the other.
        Assert.Equal(2, told.Count(line => line.StartsWith("PRIVMSG #talk :hello", StringComparison.Ordinal)));
        Assert.DoesNotContain(told, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    private sealed class Person(TcpClient client, StreamReader heard) : IDisposable
    {
        public static async Task<Person> ComeAsync(int port, string name)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            var person = new Person(client, new StreamReader(client.GetStream(), Encoding.UTF8));
            await person.SayAsync($"NICK {name}", "");
            await person.SayAsync($"USER {name} 0 * :Name", " 376 ");
            return person;
        }

        public async Task SayAsync(string line, string answer)
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), TestContext.Current.CancellationToken);
            if (answer.Length > 0) await HearAsync(answer);
        }

        public async Task HearAsync(string part)
        {
            while (true)
            {
                string? line = await heard.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.NotNull(line);
                if (line.Contains(part, StringComparison.Ordinal)) return;
            }
        }

        public void Dispose()
        {
            heard.Dispose();
            client.Dispose();
        }
    }
}
