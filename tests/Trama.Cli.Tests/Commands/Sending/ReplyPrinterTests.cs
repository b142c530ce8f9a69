using System.Text;
using Trama.Cli.Commands.Sending;
using Trama.Reports;

namespace Trama.Cli.Tests.Commands.Sending;

public class ReplyPrinterTests
{
    [Theory]
    [InlineData("ok\n", "Server reply: ok\\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "Server reply:\n  HTTP/1.1 200 OK\n  Content-Length: 2\n  \n  hi\n")]
    [InlineData("a\n\x1b[2Jb\n", "Server reply: a\\n\\x1b[2Jb\\n\n")]
    public void People_see_as_many_lines_as_a_reply_has(string reply, string shown) => Assert.Equal(shown, Shown(reply, oneLine: false));

    [Fact]
    public void Programs_get_one_line_each() => Assert.Equal("Server reply: a\\r\\nb\\n\n", Shown("a\r\nb\n", oneLine: true));

    private static string Shown(string reply, bool oneLine)
    {
        using var output = new MemoryStream();
        var printer = new ReplyPrinter(output, raw: false, oneLine, Language.English);
        printer.Take(Encoding.UTF8.GetBytes(reply));
        printer.End();
        printer.Flush();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
