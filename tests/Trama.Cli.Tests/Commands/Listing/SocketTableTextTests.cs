using Trama.Cli.Commands.Listing;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.View;

namespace Trama.Cli.Tests.Commands.Listing;

public class SocketTableTextTests
{
    private static readonly ProcessFacts Java = new()
    {
        Id = 812,
        Name = "java",
        Program = "/usr/bin/java",
        Container = new Container("docker", "3f4a52e1c07b9d8e3f4a52e1c07b9d8e3f4a52e1c07b9d8e3f4a52e1c07b9d8e",
            "0a1b2c3d-4e5f-6789-abcd-ef0123456789"),
    };

    private static readonly ProcessFacts Nginx = new() { Id = 90, Name = "nginx" };

    [Fact]
    public void The_sick_come_first_and_many_alike_share_a_line()
    {
        string[] lines = Draw(Rows(), new SocketChoice(), 140);
        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^ +PROCESS +USER +LOCAL +PEER +STATE +AGE +RECV-Q +SEND-Q +RETR +RTT +↑/s +↓/s$", lines[0]);
        Assert.Matches(@"^● +java 812 \(docker 3f4a52e1c07b\) +ana +10\.0\.3\.7:5432 +10\.0\.3\.9:40000 +ESTAB .* 2048 ", lines[1]);
        Assert.Equal("    2048 B that the program does not read (zero-window)", lines[2]);
        Assert.Matches(@"^ +nginx 90 ×12 +www +10\.0\.3\.7:5432 +… +ESTAB +– +0 +0 +0 +– +120 +–$", lines[3]);
        Assert.Equal(15, Draw(Rows(), new SocketChoice { All = true }, 140).Length);
    }

    [Theory, InlineData(60), InlineData(80), InlineData(100), InlineData(120), InlineData(200)]
    public void Lines_fit_the_width_and_keep_what_counts(int width)
    {
        string[] lines = Draw(Rows(), new SocketChoice(), width);
        Assert.All(lines, line => Assert.True(TextWidth.Of(line) <= Math.Max(width, 80), line));
        foreach (string word in (string[])["PROCESS", "LOCAL", "PEER", "STATE"]) Assert.Contains(word, lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("(zero-window)", StringComparison.Ordinal));
    }

    [Fact]
    public void Portuguese_and_ascii()
    {
        string text = string.Join('\n',
            Draw(Rows(), new SocketChoice(), 140, new TextOptions { Language = Language.Portuguese, Ascii = true }));
        Assert.Contains("PROCESSO", text, StringComparison.Ordinal);
        Assert.Contains("2048 B que o programa não lê (zero-window)", text, StringComparison.Ordinal);
        Assert.Contains("nginx 90 x12", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, letter => "●×…↑–≥".Contains(letter, StringComparison.Ordinal));
    }

    [Fact]
    public void Colour_only_where_asked_for_and_names_cannot_send_sequences()
    {
        ProcessFacts evil = new() { Id = 7, Name = "\e[31mred\u0007" };
        SocketRow[] rows = [new SocketRow(AilmentsTests.Socket(), [evil], "a\nb")];
        Assert.DoesNotContain(string.Concat(Draw(rows, new SocketChoice(), 140)), letter => char.IsControl(letter));
        Assert.Contains("\e[1;31m●", string.Concat(Draw(Rows(), new SocketChoice(), 140, new TextOptions { Colour = true })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_holders_are_counted_and_none_is_no_process()
    {
        SocketRow[] rows = [new SocketRow(AilmentsTests.Socket(), [Nginx, Java], "www"),
            new SocketRow(AilmentsTests.Socket(port: 7), [], "ana")];
        string[] lines = Draw(rows, new SocketChoice(), 140);
        Assert.Matches("^ +nginx 90 \\+1 ", lines[1]);
        Assert.Matches("^ +\\? +ana ", lines[2]);
    }

    [Theory]
    [InlineData("812", null, null, 1)]
    [InlineData("java", null, null, 1)]
    [InlineData("/usr/bin/java", null, null, 1)]
    [InlineData("jav", null, null, 0)]
    [InlineData(null, "ana", null, 1)]
    [InlineData(null, "1000", null, 13)]
    [InlineData(null, null, "3f4a52", 1)]
    [InlineData(null, null, "docker", 1)]
    [InlineData(null, null, "0a1b2c3d-4e5f-6789-abcd-ef0123456789", 1)]
    [InlineData("java", "www", null, 0)]
    public void Only_what_was_asked_for(string? process, string? user, string? container, int count)
    {
        var choice = new SocketChoice { Process = process, User = user, Container = container };
        Assert.Equal(count, Rows().Count(choice.Includes));
    }

    [Fact]
    public void Listeners_have_a_table_of_their_own()
    {
        SocketRow row = new(AilmentsTests.Socket(TcpSocketState.Listening) with { ReceiveQueue = 2, SendQueue = 128 }, [Nginx], "www");
        Assert.True(new SocketChoice { Listening = true }.Includes(row));
        Assert.False(new SocketChoice().Includes(row));
        Assert.Matches("^ +nginx 90 +www +10.0.3.7:5432 +2 +128$", Draw([row], new SocketChoice { Listening = true }, 100)[1]);
    }

    [Fact]
    public void A_screen_has_the_rows_that_are_chosen_by_its_keys()
    {
        SocketRow[] rows = Rows();
        var screen = new SocketScreen(new SocketChoice { All = true }, sort: null, Language.English);
        var options = new TextOptions { Width = 100 };
        Assert.Empty(screen.Content(options).Rows);
        screen.Take(new SocketLook(rows, At: 0, IntervalNs: 1, HasProcesses: true, IsRoot: true));
        ListContent all = screen.Content(options);
        Assert.Contains("13 sockets, 1 sick", all.Title, StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', Draw(rows, new SocketChoice { All = true }, 100)[1..]), string.Join('\n', all.Rows));
        screen.Take('f');
        Assert.Single(screen.Content(options).Rows);
        screen.Take('f');
        screen.Take('o');
        Assert.Contains($"by {SocketSorts.Names[0]}", screen.Content(options).Chosen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "RATES       RTTS", "       ▁▅█")]
    [InlineData(true, "RATES       RTTS", "       _-#")]
    public void Rates_over_the_last_looks_are_drawn(bool ascii, string titles, string rates)
    {
        SocketRow[] rows = [.. Rows().Select(row => row with { History = new SocketHistory() })];
        foreach (double rate in (double[])[0, 1500, 3000])
            foreach (SocketRow row in rows[..12]) row.History!.Add(row with { SendRate = rate, ReceiveRate = null });
        string[] lines = Draw(rows, new SocketChoice(), 200, new TextOptions { Ascii = ascii });
        Assert.Contains(titles, lines[0], StringComparison.Ordinal);
        string nginx = Assert.Single(lines, line => line.Contains("nginx", StringComparison.Ordinal));
        Assert.Contains(rates, nginx[(nginx.Length / 2)..], StringComparison.Ordinal);
        // One look is no course.
        Assert.DoesNotContain("RATES", Draw(Rows(), new SocketChoice(), 200)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_looks_are_remembered_than_are_drawn()
    {
        var history = new SocketHistory();
        SocketRow row = Rows()[0];
        for (int i = 0; i < 25; i++) history.Add(row with { SendRate = i, ReceiveRate = i });
        Assert.Equal(SocketHistory.Looks, history.Count);
        Assert.Equal([30, 32, 34, 36, 38, 40, 42, 44, 46, 48], history.Rates);
    }

    private static SocketRow[] Rows()
    {
        TcpSocket socket = AilmentsTests.Socket() with { User = 1000 };
        var sick = new SocketRow(socket with { ReceiveQueue = 2048, Figures = socket.Figures! with { SinceReceivedMs = 5000 } }, [Java],
            "ana");
        return [.. Enumerable.Range(1, 12).Select(i =>
            new SocketRow(socket with { Cookie = (ulong)i }, [Nginx], "www") { SendRate = 10 }), sick];
    }

    private static string[] Draw(IReadOnlyList<SocketRow> rows, SocketChoice choice, int width, TextOptions? options = null) =>
        new SocketTableText((options ?? new TextOptions()) with { Width = width }, choice, sort: null).Draw(rows).TrimEnd('\n').Split('\n');
}
