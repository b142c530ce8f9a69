using Trama.Cli.PeerOptions;

namespace Trama.Cli.Tests.PeerOptions;

public class TargetTests
{
    [Theory]
    [InlineData("server", "server", null)]
    [InlineData("server:5000", "server", 5000)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80)]
    [InlineData("::1", "::1", null)]
    [InlineData("2001:db8::1:5000", "2001:db8::1:5000", null)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("[::1]:5000", "::1", 5000)]
    [InlineData("tcp://server:5000", "server", 5000)]
    [InlineData("TCP://[::1]:5000/", "::1", 5000)]
    [InlineData("tls://server:443", "server", 443)]
    [InlineData("http://server", "server", 80)]
    [InlineData("https://server/a", "server", 443)]
    [InlineData("tcp://server", "server", null)]
    public void Host_and_port_are_found(string text, string host, int? port)
    {
        Target? target = Target.Parse(text);
        Assert.Equal((host, port), (target?.Host, target?.Port));
    }

    [Theory]
    [InlineData("http://server:8080", "/", false)]
    [InlineData("http://server/a/b?c=d#e", "/a/b?c=d", false)]
    [InlineData("http://server?c", "/?c", false)]
    [InlineData("https://[::1]:8443/x", "/x", true)]
    public void A_URL_of_HTTP_has_a_path(string text, string path, bool isTls)
    {
        Target target = Target.Parse(text)!;
        Assert.Equal((path, true, isTls), (target.Path, target.IsHttp, target.IsTls));
    }

    [Theory]
    [InlineData("")]
    [InlineData("server:")]
    [InlineData("server:0")]
    [InlineData("server:65536")]
    [InlineData("server:http")]
    [InlineData(":5000")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[server]:5000")]
    [InlineData("ftp://server:21")]
    [InlineData("tcp://server:5000/path")]
    [InlineData("http://user@server/")]
    [InlineData("http://user:secret@server/")]
    [InlineData("http://server/a b")]
    [InlineData("http://server/\r\nX: y")]
    [InlineData("http:///path")]
    public void What_is_no_target_is_refused(string text) => Assert.Null(Target.Parse(text));
}
