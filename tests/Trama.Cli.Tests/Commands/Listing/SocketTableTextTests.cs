using Trama.Cli.Commands.Listing;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;

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

    private static SocketRow[] Rows()
    {
        TcpSocket socket = AilmentsTests.Socket() with { User = 1000 };
        var sick = new SocketRow(socket with { ReceiveQueue = 2048, Figures = socket.Figures! with { SinceReceivedMs = 5000 } }, [Java],
            "ana");
        return [.. Enumerable.Range(1, 12).Select(i =>
            new SocketRow(socket with { Cookie = (ulong)i }, [Nginx], "www") { SendRate = 10 }), sick];
    }

    private static string[] Draw(IReadOnlyList<SocketRow> rows, SocketChoice choice, int width, TextOptions? options = null) =>
        new SocketTableText((options ?? new TextOptions()) with { Width = width }, choice).Draw(rows).TrimEnd('\n').Split('\n');
}
