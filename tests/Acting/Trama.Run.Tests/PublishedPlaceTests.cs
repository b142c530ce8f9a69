using System.Net;

namespace Trama.Run.Tests;

public class PublishedPlaceTests
{
    [Theory]
    [InlineData("8080:80", 80, "127.0.0.1:8080")]
    [InlineData("0.0.0.0:8080:80", 80, "0.0.0.0:8080")]
    [InlineData("[::1]:1:65535", 65535, "[::1]:1")]
    public void Reads_a_place(string text, int within, string place)
    {
        Assert.True(PublishedPlace.TryParse(text, out PublishedPlace published));
        Assert.Equal(within, published.Within);
        Assert.Equal(IPEndPoint.Parse(place), published.Of(new IPEndPoint(IPAddress.Loopback, within)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData(":80")]
    [InlineData("80:")]
    [InlineData("0:80")]
    [InlineData("80:65536")]
    [InlineData("+80:80")]
    [InlineData("host:80:80")]
    [InlineData(":80:80")]
    public void Refuses_what_is_none(string text) => Assert.False(PublishedPlace.TryParse(text, out _));
}
