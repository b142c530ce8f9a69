using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>How connections open, or do not.</summary>
public class OpeningTests
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void A_SYN_ACK_that_is_repeated_and_never_acknowledged_leaves_the_connection_half_open()
    {
        var talk = new Talk();
        talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        for (int i = 0; i < 4; i++) talk.Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1,
            afterNs: 1_000_000_000L << i);
        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.HalfOpen, Party.Network, 4L), (finding.Id, finding.Party, finding[FactName.Count]));
    }

    [Fact]
    public void A_late_second_SYN_ACK_after_a_good_handshake_is_nothing()
    {
        Talk talk = new Talk().Open();
        talk.Wait(1).Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1);
        Assert.Null(talk.Send(Side.Client, TcpFlags.Ack).Ask("GET / HTTP/1.1\r\n\r\n").Answer("HTTP/1.1 204 No Content\r\n\r\n").Verdict());
    }

    [Fact]
    public void SYN_ACKs_that_are_acknowledged_in_vain_come_of_a_full_queue()
    {
        Talk talk = new Talk().Open();
        talk.Say(Side.Client, "GET / HTTP/1.1\r\n\r\n", isAcknowledged: false);
        for (int i = 0; i < 3; i++)
        {
            talk.Wait(1 << i).Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1);
            talk.Send(Side.Client, TcpFlags.Ack);
        }

        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.BacklogOverflow, Party.Server, Severity.Error), (finding.Id, finding.Party, finding.Severity));
    }

    [Theory]
    [InlineData(880, true)]
    [InlineData(300, false)]
    public void An_answer_to_the_SYN_that_is_much_later_than_the_path_needs_was_held_back(int milliseconds, bool isLate)
    {
        var talk = new Talk();
        talk.Open().Wire.Now = 1_800_000_000_000_000_000;
        talk.Wire.ClientPort = 40_001;
        talk.Wire.Handshake(milliseconds * 1_000_000L, 100_000);
        talk.Ask("GET / HTTP/1.1\r\n\r\n").Answer("HTTP/1.1 204 No Content\r\n\r\n");
        Finding? finding = talk.Verdict();
        Assert.Equal(isLate ? FindingKind.LateAnswer : null, finding?.Kind);
        Assert.Equal(isLate ? FindingId.SlowToOpen : null, finding?.Id);
    }

    [Theory]
    [InlineData("220 mail ready\r\n", 10, true)]
    [InlineData("220 mail ready\r\n", 1, false)]
    [InlineData("tick\n", 10, false)]
    public void A_server_that_has_to_greet_and_does_so_late_is_slow(string greeting, int seconds, bool isSlow)
    {
        Finding? finding = new Talk().Open().Wait(seconds).Answer(greeting).Ask("QUIT\r\n").Answer("221 bye\r\n").Verdict();
        Assert.Equal(isSlow ? FindingKind.Greeting : null, finding?.Kind);
        Assert.Equal(isSlow ? FindingId.SlowServer : null, finding?.Id);
    }

    [Theory]
    [InlineData(11, 0, FindingKind.Loop)]
    [InlineData(3, 1, FindingKind.Router)]
    public void A_SYN_that_a_router_throws_away_is_rejected_on_the_way(byte type, byte code, FindingKind kind)
    {
        var talk = new Talk();
        for (int i = 0; i < 3; i++)
        {
            talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 1_000_000_000L << i);
            talk.Wire.Complain(type, code);
        }

        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.ConnectionRejectedByIcmp, Party.Network, kind), (finding.Id, finding.Party, finding.Kind));
    }

    [Fact]
    public void Two_SYNs_within_a_moment_are_one_SYN_twice()
    {
        var talk = new Talk();
        for (int i = 0; i < 2; i++) talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 108_000);
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void Two_SYNs_a_second_apart_were_not_answered()
    {
        var talk = new Talk();
        for (int i = 0; i < 2; i++) talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 1_000_000_000);
        Assert.Equal(FindingId.ConnectionFiltered, talk.Verdict()!.Id);
    }

    [Fact]
    public void A_server_that_closes_before_anybody_spoke_gave_no_greeting()
    {
        Finding finding = new Talk().Open().Wait(5).Close(Side.Server).Close(Side.Client).Verdict()!;
        Assert.Equal((FindingId.ClosedWithoutGreeting, Party.Server), (finding.Id, finding.Party));
    }

    [Theory]
    [InlineData(Side.Server, 20, Severity.Error)]
    [InlineData(Side.Server, 0.1, Severity.Error)]
    [InlineData(Side.Client, 5, Severity.Info)]
    [InlineData(Side.Client, 0.1, Severity.Warning)]
    public void Whether_a_greeting_was_due_is_told_by_who_speaks_first_in_other_connections_there(
        Side first, double after, Severity severity)
    {
        Talk talk = new Talk().Open(40_001).Say(first, "hello").Say(1 - first, "you too").Close(Side.Client).Close(Side.Server);
        Finding finding = talk.Open(40_002).Wait(after).Close(Side.Server).Close(Side.Client).Found(FindingId.ClosedWithoutGreeting);
        Assert.Equal(severity, finding.Severity);
    }

    [Theory]
    [InlineData(1, Severity.Warning, Confidence.Likely)]
    [InlineData(2, Severity.Info, Confidence.Possible)]
    public void A_client_that_says_late_what_it_wants_was_slow_or_had_opened_ahead_of_need(int connections, Severity severity,
        Confidence confidence)
    {
        Talk talk = new Talk();
        for (int i = 0; i < connections; i++)
        {
            talk.Open((ushort)(40_001 + i)).Wait(i == 0 ? 1.5 : 0).Ask("GET / HTTP/1.1\r\n\r\n");
            talk.Answer("HTTP/1.1 204 No Content\r\n\r\n").Close(Side.Client).Close(Side.Server);
        }

        Finding finding = talk.Found(FindingId.SlowClient);
        Assert.Equal((severity, confidence), (finding.Severity, finding.Confidence));
    }

    [Fact]
    public void A_client_that_only_looks_whether_the_port_is_open_does_no_harm() =>
        Assert.Null(new Talk().Open().Close(Side.Client).Close(Side.Server).Verdict());

    [Fact]
    public void A_server_that_waited_long_for_the_first_word_may_close() =>
        Assert.Null(new Talk().Open().Wait(60).Close(Side.Server).Close(Side.Client).Verdict());

    [Fact]
    public void A_SYN_on_a_live_connection_is_answered_with_a_challenge()
    {
        Talk talk = new Talk().Open().Wait(2);
        talk.Wire.Send(Side.Client, TcpFlags.Syn, 777_000, 0);
        talk.Wire.Send(Side.Server, TcpFlags.Ack, talk.Next(Side.Server), talk.Next(Side.Client));
        talk.Wire.Send(Side.Client, TcpFlags.Rst, talk.Next(Side.Client), 0);
        talk.Wait(1).Wire.Send(Side.Client, TcpFlags.Syn, 777_000, 0);
        talk.Wire.Send(Side.Server, SynAck, 888_000, 777_001);
        talk.Wire.Send(Side.Client, TcpFlags.Ack, 777_001, 888_001);
        Assert.Equal((FindingId.ConnectionCollision, Party.Network), (talk.Verdict()!.Id, talk.Verdict()!.Party));
    }

    [Fact]
    public void An_acknowledgement_that_overtook_the_SYN_ACK_is_no_challenge()
    {
        var talk = new Talk();
        talk.Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1);
        talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        talk.Wire.Send(Side.Client, TcpFlags.Ack, Wire.ClientStart + 1, Wire.ServerStart + 1);
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void Data_of_a_SYN_that_are_sent_again_were_refused_and_not_lost()
    {
        var talk = new Talk();
        talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, "early");
        talk.Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1, afterNs: 10_000_000);
        talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, Wire.ClientStart + 1, Wire.ServerStart + 1, "early", afterNs: 10_000_000);
        talk.Wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, Wire.ClientStart + 6, afterNs: 10_000_000);
        CaptureDiagnosis diagnosis = talk.Judge();
        Assert.Null(diagnosis.Verdict);
        Assert.Equal(FindingId.FastOpenRefused, Assert.Single(Assert.Single(diagnosis.Connections).Findings).Id);
    }

    [Theory]
    [InlineData(Side.Server, 40, Party.Server)]
    [InlineData(Side.Client, 48, Party.Server)]
    [InlineData(Side.Server, 116, Party.Server)]
    [InlineData(Side.Client, 70, Party.Client)]
    public void A_fatal_alert_in_the_clear_says_who_refuses_and_why(Side sender, byte description, Party party)
    {
        Talk talk = new Talk().Open().Say(Side.Client, [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]);
        Finding finding = talk.Say(sender, [0x15, 3, 3, 0, 2, 2, description]).Close(sender).Close(1 - sender).Verdict()!;
        Assert.Equal((FindingId.TlsAlert, party, (long)description), (finding.Id, finding.Party, finding[FactName.AlertDescription]));
    }

    [Fact]
    public void A_warning_alert_at_the_end_is_a_farewell()
    {
        Talk talk = new Talk().Open().Say(Side.Client, [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]).Say(Side.Server, [0x16, 3, 3, 0, 1, 2]);
        Assert.Null(talk.Say(Side.Client, [0x15, 3, 3, 0, 2, 1, 0]).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void The_same_segment_at_doubling_intervals_is_unanswered_though_the_other_side_was_never_captured()
    {
        var talk = new Talk();
        for (int i = 0; i < 6; i++)
        {
            talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, 5_000, 9_000, "the same", afterNs: 200_000_000L << i);
        }

        Assert.Equal(FindingId.PeerVanished, talk.Verdict()!.Id);
    }
}
