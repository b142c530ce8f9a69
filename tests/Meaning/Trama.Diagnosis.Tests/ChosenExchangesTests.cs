using Trama.Tracing;
using Trama.Tracing.Choosing;

namespace Trama.Diagnosis.Tests;

/// <summary>What <c>--where</c> leaves out is not judged, nor are the segments that carried it.</summary>
public class ChosenExchangesTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("status<400", true)]
    [InlineData("operation ~ '^GET /slow'", true)]
    [InlineData("server>1s", true)]
    [InlineData("status>=500", false)]
    [InlineData("status=404", false)]
    public void A_slow_reply_counts_where_its_exchange_is_chosen(string where, bool counts)
    {
        Talk talk = Choosing(where).Open().Ask(Request("/slow")).Wait(3).Answer(Reply("200 OK")).Ask(Request("/bad"))
            .Answer(Reply("500 Internal Server Error")).Close(Side.Client).Close(Side.Server);
        Assert.Equal(counts, talk.Judge().Connections.Any(connection => connection.Findings.Any(f => f.Id == FindingId.SlowServer)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("status<400", false)]
    [InlineData("operation ~ '/lost'", true)]
    public void A_request_without_a_reply_lasts_to_the_end(string where, bool counts)
    {
        Talk talk = Choosing(where).Open().Ask(Request("/good")).Answer(Reply("200 OK")).Ask(Request("/lost")).Wait(20)
            .Close(Side.Server).Close(Side.Client);
        Assert.Equal(counts, talk.Judge().Verdict is not null);
    }

    [Fact]
    public void A_connection_of_which_nothing_was_chosen_is_not_judged_and_no_healthy_one()
    {
        CaptureDiagnosis judged = Choosing("status>=500").Open().Ask(Request("/slow")).Wait(3).Answer(Reply("200 OK"))
            .Open(clientPort: 40_001).Ask(Request("/bad")).Answer(Reply("500 Internal Server Error")).Close(Side.Client).Close(Side.Server)
            .Judge();
        Assert.DoesNotContain(judged.Connections.SelectMany(connection => connection.Findings), f => f.Id == FindingId.SlowServer);
        Assert.True(judged.HealthyConnections <= 1);
    }

    private static Talk Choosing(string where)
    {
        ExchangeCondition? condition = null;
        if (where.Length > 0) Assert.True(ExchangeCondition.TryParse(where, out condition, out _));
        return new Talk(Diagnoser.Options with { Where = condition });
    }

    private static string Request(string path) => $"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n";

    private static string Reply(string status) => $"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok";
}
