using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>What becomes of connections that are silent for long.</summary>
public class IdleTests
{
    [Fact]
    public void A_request_that_crosses_the_close_of_the_idle_connection_is_lost_with_it()
    {
        Talk talk = Answered().Wait(5).Send(Side.Server, TcpFlags.Fin | TcpFlags.Ack);
        talk.Say(Side.Client, "GET /2 HTTP/1.1\r\n\r\n", isAcknowledged: false);
        talk.Wire.Send(Side.Server, TcpFlags.Rst, talk.Next(Side.Server) + 1, 0);
        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.IdleCloseRace, Party.Server, Confidence.Certain), (finding.Id, finding.Party, finding.Confidence));
        Assert.InRange(finding[FactName.IdleNs]!.Value, 5_000_000_000, 5_100_000_000);
    }

    [Fact]
    public void A_server_that_closes_an_idle_connection_in_order_does_no_harm() =>
        Assert.Null(Answered().Wait(65).Close(Side.Server).Close(Side.Client).Verdict());

    [Fact]
    public void A_request_after_the_close_was_known_is_its_sender_s_fault()
    {
        Talk talk = Answered().Wait(5).Close(Side.Server).Wait(3);
        talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, talk.Next(Side.Client), talk.Next(Side.Server), "GET /2 HTTP/1.1\r\n\r\n");
        talk.Wire.Send(Side.Server, TcpFlags.Rst, talk.Next(Side.Server), 0);
        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.IdleCloseRace, FindingKind.Stale, Party.Client), (finding.Id, finding.Kind, finding.Party));
    }

    [Fact]
    public void A_request_after_minutes_that_is_answered_with_RST_found_a_forgotten_connection()
    {
        Talk talk = Answered().Wait(360).Say(Side.Client, "GET /2 HTTP/1.1\r\n\r\n", isAcknowledged: false);
        talk.Wire.Send(Side.Server, TcpFlags.Rst, talk.Next(Side.Server), 0);
        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.IdleTimeout, FindingKind.Forgotten, Severity.Error), (finding.Id, finding.Kind, finding.Severity));
        Assert.InRange(finding[FactName.IdleNs]!.Value, 359_000_000_000, 361_000_000_000);
    }

    [Fact]
    public void The_same_RST_a_second_after_the_reply_is_the_server_s()
    {
        Talk talk = Answered().Wait(1.2).Say(Side.Client, "GET /2 HTTP/1.1\r\n\r\n", isAcknowledged: false);
        talk.Wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, talk.Next(Side.Server), talk.Next(Side.Client));
        Assert.Equal(FindingId.ResetByServer, talk.Verdict()!.Id);
    }

    [Fact]
    public void What_is_sent_after_minutes_and_never_acknowledged_was_swallowed()
    {
        Talk talk = Answered().Wait(400);
        for (int i = 0; i < 4; i++)
        {
            talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, talk.Next(Side.Client), talk.Next(Side.Server),
                "GET /2 HTTP/1.1\r\n\r\n");
            talk.Wait(0.2 * (1 << i));
        }

        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.IdleTimeout, FindingKind.Swallowed, Party.Network), (finding.Id, finding.Kind, finding.Party));
    }

    [Fact]
    public void A_server_that_resets_after_its_limit_is_told_with_the_idle_time()
    {
        Finding finding = Answered().Wait(60).Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack).Verdict()!;
        Assert.Equal((FindingId.IdleTimeout, FindingKind.Idle, Party.Server), (finding.Id, finding.Kind, finding.Party));
    }

    [Fact]
    public void A_client_that_drops_what_it_needs_no_more_does_no_harm() =>
        Assert.Null(Answered().Wait(60).Send(Side.Client, TcpFlags.Rst | TcpFlags.Ack).Verdict());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_that_goes_on_from_another_port_lost_its_translation_whatever_the_server_says_to_the_old_one(bool closes)
    {
        Talk talk = Answered().Wait(400);
        talk.Wire.ClientPort = 51_000;
        talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, talk.Next(Side.Client), talk.Next(Side.Server), "x");
        talk.Wire.Send(Side.Server, TcpFlags.Rst, talk.Next(Side.Server), 0);
        talk.Wire.ClientPort = 40_000;
        if (closes) talk.Wait(1).Send(Side.Server, TcpFlags.Fin | TcpFlags.Ack);
        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.TranslationLost, Party.Network), (finding.Id, finding.Party));
        Assert.Equal(1, finding[FactName.EarlierConnection]);
    }

    [Fact]
    public void One_that_was_joined_in_the_middle_did_not()
    {
        Talk talk = Answered().Wait(400);
        talk.Wire.ClientPort = 51_000;
        talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, talk.Next(Side.Client) + 7, talk.Next(Side.Server), "x");
        talk.Wire.Send(Side.Server, TcpFlags.Rst, talk.Next(Side.Server), 0);
        Assert.NotEqual(FindingId.TranslationLost, talk.Verdict()?.Id);
    }

    private static Talk Answered() => new Talk().Open().Ask("GET / HTTP/1.1\r\n\r\n").Answer("HTTP/1.1 204 No Content\r\n\r\n");
}
