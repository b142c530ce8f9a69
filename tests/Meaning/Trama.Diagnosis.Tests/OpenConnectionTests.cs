namespace Trama.Diagnosis.Tests;

/// <summary>What goes wrong on a connection that stays open for days is known before its end.</summary>
public class OpenConnectionTests
{
    [Fact]
    public void It_is_judged_while_it_is_open_and_in_the_end_as_if_it_had_not_been()
    {
        Talk talk = Slow(new Talk().Open());
        ConnectionDiagnosis open = Assert.Single(talk.JudgeOpen());
        Assert.Equal(FindingId.SlowServer, open.Findings[0].Id);
        Assert.Empty(talk.JudgeOpen());
        Assert.Equal(Text(Slow(Slow(new Talk().Open())).Judge()), Text(Slow(talk).Judge()));
    }

    [Fact]
    public void A_healthy_one_says_nothing()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 20; i++) talk.Ask("GET / HTTP/1.1\r\n\r\n").Wait(0.01).Answer("HTTP/1.1 204 No Content\r\n\r\n").Wait(0.02);
        Assert.Empty(talk.JudgeOpen());
    }

    private static Talk Slow(Talk talk)
    {
        for (int i = 0; i < 4; i++) talk.Ask("GET / HTTP/1.1\r\n\r\n").Wait(3).Answer("HTTP/1.1 204 No Content\r\n\r\n").Wait(0.1);
        return talk;
    }

    private static string Text(CaptureDiagnosis diagnosis) => string.Join('\n', diagnosis.Connections.SelectMany(connection =>
        connection.Findings.Select(finding => $"{connection.Id} {finding.Id} {finding.Party} {finding.Severity} {finding.Confidence} "
            + $"{string.Join(',', finding.Packets)} {string.Join(',', finding.Facts)}")));
}
