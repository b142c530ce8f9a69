using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>Nobody is blamed for a reply that was never due.</summary>
public class DueReplyTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public void A_request_that_the_protocol_answers_and_the_server_closes_on_is_certain()
    {
        Finding finding = new Talk().Open().Ask(Get).Wait(40).Close(Side.Server).Close(Side.Client).Verdict()!;
        Assert.Equal((FindingId.ClosedWithoutReply, Party.Server, Confidence.Certain), (finding.Id, finding.Party, finding.Confidence));
    }

    [Fact]
    public void A_message_unlike_any_protocol_that_is_answered_with_a_close_at_once_is_likely()
    {
        Finding finding = new Talk().Open().Ask("do something").Wait(0.01).Close(Side.Server).Close(Side.Client).Verdict()!;
        Assert.Equal((FindingId.ClosedWithoutReply, Confidence.Likely), (finding.Id, finding.Confidence));
    }

    [Fact]
    public void Text_that_is_piped_to_a_server_which_closes_much_later_wanted_no_reply()
    {
        Finding finding = new Talk().Open().Ask("#!/bin/sh\necho one way\n").Wait(4).Close(Side.Server).Close(Side.Client)
            .Found(FindingId.ClosedWithoutReply);
        Assert.Equal((Severity.Info, Confidence.Possible), (finding.Severity, finding.Confidence));
    }

    [Theory]
    [InlineData("quit\r\n")]
    [InlineData("exit\n")]
    [InlineData("a17 LOGOUT\r\n")]
    [InlineData("QUIT :gone\r\n")]
    [InlineData("\x15\x03\x03\x00\x02\x01\x00")]
    [InlineData("\x17\x03\x03\x00\x13 sealed alert, so ")]
    [InlineData("\x01\x00\x00\x00\x01")]
    public void The_last_word_of_a_dialogue_wants_no_reply(string word)
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 4; i++) talk.Ask($"question {i}\r\n").Answer($"answer {i}\r\n");
        Assert.Null(talk.Ask(word).Wait(0.02).Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void A_last_message_with_which_the_client_closes_wanted_no_reply()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask($"question {i}").Answer($"answer {i}");
        talk.Say(Side.Client, "the last one", isAcknowledged: false).Close(Side.Client);
        Assert.Null(talk.Wait(2.8).Say(Side.Server, "bye").Close(Side.Server).Verdict());
    }

    [Fact]
    public void A_client_that_answers_the_servers_close_with_RST_broke_nothing_off()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask($"question {i}").Answer($"answer {i}");
        talk.Ask("settings").Close(Side.Server).Send(Side.Client, TcpFlags.Rst | TcpFlags.Ack);
        Assert.DoesNotContain(FindingId.ResetByClient, talk.Judge().Connections.SelectMany(c => c.Findings).Select(f => f.Id));
    }

    [Fact]
    public void A_last_message_that_the_server_closes_on_seconds_later_need_not_have_been_a_question()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask("status 1").Answer("noted 1");
        Assert.Null(talk.Ask("status 1").Wait(3.6).Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void A_message_much_shorter_than_those_that_were_answered_may_be_the_last_word()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask(new string('q', 200)).Answer(new string('a', 200));
        Assert.Null(talk.Ask("done.").Wait(0.02).Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void A_client_that_goes_on_telling_does_not_wait()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 5; i++) talk.Say(Side.Client, [0x12, 3, 0x62, 0x6c, 0x61, (byte)i]).Wait(10);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void Where_one_client_only_tells_the_silence_towards_another_is_no_missing_reply()
    {
        Talk talk = new Talk().Open(40_001);
        for (int i = 0; i < 3; i++) talk.Say(Side.Client, [0x12, 3, 0x62, 0x6c, 0x61, (byte)i]).Wait(10);
        talk.Close(Side.Client).Close(Side.Server);
        Assert.Null(talk.Open(40_002).Say(Side.Client, [0x12, 3, 0x62, 0x6c, 0x61, 9]).Wait(10).Close(Side.Client).Close(Side.Server)
            .Verdict());
    }

    [Fact]
    public void A_client_that_asked_once_and_waited_in_vain_got_no_reply()
    {
        Finding finding = new Talk().Open().Say(Side.Client, [1, 2, 3, 4, 5, 6]).Wait(10).Close(Side.Client).Close(Side.Server).Verdict()!;
        Assert.Equal((FindingId.NoReply, Confidence.Likely), (finding.Id, finding.Confidence));
    }

    [Fact]
    public void Messages_that_were_answered_one_by_one_make_the_next_reply_due()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask("query").Answer("result");
        Finding finding = talk.Ask("query").Wait(5).Close(Side.Client).Close(Side.Server).Verdict()!;
        Assert.Equal((FindingId.NoReply, Confidence.Certain), (finding.Id, finding.Confidence));
    }

    [Fact]
    public void A_push_that_comes_long_after_a_heartbeat_is_no_slow_reply()
    {
        Talk talk = new Talk().Open().Say(Side.Server, "hello").Say(Side.Client, "me");
        for (int i = 0; i < 4; i++) talk.Wait(5).Say(Side.Client, "beat");
        Assert.Null(talk.Wait(3).Say(Side.Server, "command").Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void A_keepalive_of_BGP_answers_nothing()
    {
        byte[] keepAlive = [.. Enumerable.Repeat((byte)0xff, 16), 0, 19, 4];
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Say(Side.Client, keepAlive).Wait(20).Say(Side.Server, keepAlive).Wait(40);
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void What_MQTT_publishes_without_acknowledgement_and_its_pings_want_nothing()
    {
        byte[] publish = [0x30, 0x07, 0, 3, .. "a/t"u8, .. "on"u8];
        Talk talk = new Talk().Open().Say(Side.Client, [0x10, 0x0e, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 2, .. "c1"u8]);
        talk.Say(Side.Server, [0x20, 2, 0, 0]).Say(Side.Client, publish).Wait(40).Say(Side.Client, [0xc0, 0]).Say(Side.Server, [0xd0, 0]);
        for (int i = 0; i < 3; i++) talk.Wait(15).Say(Side.Client, publish).Wait(15).Say(Side.Server, publish);
        Assert.Null(talk.Wait(5).Say(Side.Client, publish).Wait(12).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void What_NATS_publishes_pushes_and_asks_of_nobody_in_particular_wants_nothing()
    {
        Talk talk = new Talk().Open().Say(Side.Server, "INFO {\"version\":\"2\"}\r\n").Say(Side.Client, "CONNECT {\"verbose\":false}\r\n");
        for (int i = 0; i < 3; i++)
            talk.Wait(15).Say(Side.Client, "PUB a 2\r\nhi\r\n").Wait(15).Say(Side.Server, "MSG b 1 2\r\nho\r\n");
        talk.Wait(15).Say(Side.Server, "PING\r\n").Say(Side.Client, "PONG\r\n");
        Assert.Null(talk.Wait(5).Say(Side.Client, "SUB c 2\r\n").Wait(12).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void Heartbeats_and_reports_of_FIX_want_nothing()
    {
        const string Beat = "8=FIX.4.4\u00019=5\u000135=0\u000110=165\u0001";
        const string Quote = "8=FIX.4.4\u00019=10\u000135=W\u000155=A\u000110=000\u0001";
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Say(Side.Client, Beat).Wait(15).Say(Side.Server, Quote).Wait(15).Say(Side.Server, Beat).Wait(9);
        Assert.Null(talk.Say(Side.Client, Beat).Wait(12).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void A_telephone_may_ring_for_long_and_nothing_answers_an_ACK_or_a_line_end()
    {
        const string Fields = "Call-ID: c\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
        Talk talk = new Talk().Open().Ask($"INVITE sip:b@c SIP/2.0\r\n{Fields}").Answer($"SIP/2.0 180 Ringing\r\n{Fields}").Wait(20);
        talk.Answer($"SIP/2.0 200 OK\r\n{Fields}");
        talk.Say(Side.Client, $"ACK sip:b@c SIP/2.0\r\n{Fields.Replace("INVITE", "ACK", StringComparison.Ordinal)}");
        for (int i = 0; i < 3; i++) talk.Wait(30).Say(Side.Client, "\r\n\r\n");
        Assert.Null(talk.Wait(12).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void A_server_that_thinks_before_each_reply_is_slow()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask(Get).Wait(1).Answer("HTTP/1.1 204 No Content\r\n\r\n");
        Finding finding = talk.Verdict()!;
        Assert.Equal((FindingId.SlowServer, Confidence.Certain), (finding.Id, finding.Confidence));
    }

    [Fact]
    public void Keys_that_are_echoed_are_a_person_s_whose_pauses_are_no_fault()
    {
        Talk talk = new Talk().Open();
        foreach (char key in "ls -l\r") talk.Wait(0.9).Ask(key.ToString()).Answer(key.ToString());
        for (int i = 0; i < 3; i++) talk.Wait(1.5).Ask("w").Answer("w").Wait(1.2).Ask("ho\r").Answer("ana pts/0\r\n");
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void Pauses_of_a_program_before_each_request_are_the_client_s()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 5; i++) talk.Ask(Get).Answer("HTTP/1.1 204 No Content\r\n\r\n").Wait(1 + i % 2 * 0.4);
        Assert.Equal(FindingId.SlowClient, talk.Ask(Get).Answer("HTTP/1.1 204 No Content\r\n\r\n").Verdict()!.Id);
    }

    [Fact]
    public void A_program_that_asks_by_the_clock_keeps_nobody_waiting()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 6; i++) talk.Ask(Get).Answer("HTTP/1.1 204 No Content\r\n\r\n").Wait(1);
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void A_pause_between_the_handshake_and_the_first_request_of_the_only_connection_is_likely_the_clients()
    {
        Finding finding = new Talk().Open().Wait(1.5).Ask(Get).Answer("HTTP/1.1 204 No Content\r\n\r\n").Verdict()!;
        Assert.Equal((FindingId.SlowClient, FindingKind.Start, Confidence.Likely), (finding.Id, finding.Kind, finding.Confidence));
        Assert.Null(new Talk().Open().Wait(20).Ask(Get).Answer("HTTP/1.1 204 No Content\r\n\r\n").Verdict());
    }

    [Fact]
    public void Many_lines_of_a_mailbox_are_one_answer()
    {
        Talk talk = new Talk().Open().Answer("* OK ready\r\n").Ask("a1 LOGIN ana x\r\n").Answer("a1 OK\r\n");
        talk.Ask("a2 FETCH 1:99 (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT TO CC MESSAGE-ID REFERENCES "
            + "IN-REPLY-TO CONTENT-TYPE)])\r\n");
        for (int i = 0; i < 40; i++) talk.Say(Side.Server, $"* {i} FETCH (FLAGS ())\r\n", isAcknowledged: false);
        Assert.Null(talk.Send(Side.Client, TcpFlags.Ack).Verdict());
    }
}
