using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>Captures that begin late, have one direction only, or miss packets: less is said of them, and nothing else.</summary>
public class IncompleteCaptureTests
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack, RstAck = TcpFlags.Rst | TcpFlags.Ack, PshAck = TcpFlags.Psh | TcpFlags.Ack;
    private const long Second = 1_000_000_000, Millisecond = 1_000_000;

    private readonly Talk _talk = new();

    private Wire Wire => _talk.Wire;

    [Fact]
    public void A_refusal_that_the_capture_begins_with_hides_none_that_follows()
    {
        for (int i = 0; i < 2; i++)
        {
            Wire.Send(Side.Server, RstAck, 0, Wire.ClientStart + 1);
            Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: Second / 2);
        }

        Wire.Send(Side.Server, RstAck, 0, Wire.ClientStart + 1);
        Assert.Equal((FindingId.ConnectionRefused, Party.Server), Told(_talk.Verdict()));
    }

    [Fact]
    public void A_RST_to_a_client_that_acknowledged_refuses_no_connection()
    {
        Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        Wire.Send(Side.Client, PshAck, Wire.ClientStart + 1, Wire.ServerStart + 1, "once");
        Wire.Send(Side.Server, RstAck, Wire.ServerStart + 1, Wire.ClientStart + 5);
        Assert.DoesNotContain(FindingId.ConnectionRefused, _talk.Judge().Connections.SelectMany(c => c.Findings).Select(f => f.Id));
    }

    [Fact]
    public void A_capture_without_acknowledgements_alone_names_no_loss()
    {
        uint client = 7_000, server = 9_000;
        for (int i = 0; i < 4; i++)
        {
            Wire.Send(Side.Client, PshAck, client, server, "question");
            Wire.Send(Side.Client, PshAck, client, server, "question", afterNs: 300 * Millisecond);
            client += 8;
            Wire.Send(Side.Server, PshAck, server, client, "answer", afterNs: 900 * Millisecond);
            server += 6;
        }

        for (int i = 0; i < 5; i++) Wire.Send(Side.Client, PshAck, client, server, "question", afterNs: Second << i);
        Finding[] found = [.. _talk.Judge().Connections.SelectMany(connection => connection.Findings)];
        Assert.DoesNotContain(found, one => one.Id is FindingId.PacketLoss or FindingId.PeerVanished);
    }

    [Fact]
    public void A_round_trip_that_one_acknowledgement_tells_is_no_slow_network()
    {
        uint client = 7_000, server = 9_000;
        Wire.Send(Side.Client, PshAck, client, server, "question");
        Wire.Send(Side.Server, TcpFlags.Ack, server, client + 8, afterNs: 2 * Second);
        Wire.Send(Side.Server, PshAck, server, client + 8, "answer", afterNs: 10 * Millisecond);
        Wire.Send(Side.Client, TcpFlags.Ack, client + 8, server + 6);
        Assert.DoesNotContain(FindingId.SlowNetwork, _talk.Judge().Connections.SelectMany(c => c.Findings).Select(f => f.Id));
    }

    [Fact]
    public void A_SYN_that_is_repeated_sooner_than_any_system_does_was_answered_out_of_sight()
    {
        for (int i = 0; i < 3; i++) Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: Second / 2);
        Finding finding = _talk.Found(FindingId.ConnectionFiltered);
        Assert.Equal((Severity.Info, Confidence.Possible), (finding.Severity, finding.Confidence));
    }

    [Theory]
    [InlineData(TcpFlags.Rst, Severity.Info)]
    [InlineData(RstAck, Severity.Warning)]
    public void Of_a_RST_whose_sender_shows_nothing_else_nobody_knows_whose_it_is(TcpFlags flags, Severity severity)
    {
        Wire.Send(Side.Client, PshAck, 7_000, 9_000, "the only words");
        Wire.Send(Side.Server, flags, 9_000, (flags & TcpFlags.Ack) != 0 ? 7_014u : 0);
        Finding finding = _talk.Found(FindingId.ResetByServer);
        Assert.Equal((severity, Confidence.Possible), (finding.Severity, finding.Confidence));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_that_others_tell_things_in_passing_owes_the_one_that_waited_nothing(bool hasPassers)
    {
        if (hasPassers) _talk.Open(40_001).Ask("measured 12").Close(Side.Client).Close(Side.Server);
        _talk.Open(40_002).Ask("measured 13").Wait(3).Close(Side.Client).Close(Side.Server);
        Assert.Equal(hasPassers ? null : FindingId.NoReply, _talk.Verdict()?.Id);
    }

    [Fact]
    public void A_reply_whose_acknowledgement_the_capture_missed_is_slow_as_the_others_are()
    {
        _talk.Wire.Handshake(5 * Millisecond, 100_000);
        uint asked = Wire.ClientStart + 1, answered = Wire.ServerStart + 1;
        for (int i = 0; i < 4; i++)
        {
            // The numbers of the server's packets tell nothing: it has other clients.
            Wire.ClientPort = 50_000;
            Wire.Send(Side.Server, TcpFlags.Ack, 1, 1);
            Wire.ClientPort = 40_000;
            Wire.Send(Side.Client, PshAck, asked, answered, "GET / HTTP/1.1\r\n\r\n");
            asked += 18;
            Wire.Now += 5 * Millisecond;
            if (i != 2) Wire.Send(Side.Server, TcpFlags.Ack, answered, asked);
            Wire.Send(Side.Server, PshAck, answered, asked, "HTTP/1.1 204 No Content\r\n\r\n", afterNs: 450 * Millisecond);
            answered += 27;
            Wire.Send(Side.Client, TcpFlags.Ack, asked, answered);
        }

        Assert.Equal((FindingId.SlowServer, Party.Server), Told(_talk.Verdict()));
    }

    [Fact]
    public void One_acknowledgement_a_round_trip_is_the_beat_of_a_full_window_and_of_no_bottleneck()
    {
        const int Segment = 1448, Window = 3 * Segment;
        Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, window: Window);
        Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1, afterNs: 160 * Millisecond, window: Window);
        Wire.Send(Side.Client, TcpFlags.Ack, Wire.ClientStart + 1, Wire.ServerStart + 1, window: 60_000);
        uint sent = Wire.ClientStart + 1;
        for (int flight = 0; flight < 24; flight++)
        {
            for (int i = 0; i < 3; i++, sent += Segment)
                Wire.Send(Side.Client, TcpFlags.Ack, sent, Wire.ServerStart + 1, new byte[Segment], window: 60_000);
            long delayNs = flight == 10 ? 100 * Millisecond : 0;
            Wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, sent, afterNs: 160 * Millisecond + delayNs, window: Window);
        }

        Assert.Equal((FindingId.WindowLimited, Party.Server), Told(_talk.Verdict()));
    }

    [Fact]
    public void In_a_capture_of_the_client_alone_no_SYN_is_unanswered()
    {
        Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        Wire.Send(Side.Client, TcpFlags.Ack, Wire.ClientStart + 1, 9_000);
        Wire.ClientPort++;
        for (int i = 0; i < 3; i++) Wire.Send(Side.Client, TcpFlags.Syn, 4_000, 0, afterNs: Second << i);
        Assert.Null(_talk.Verdict());
    }

    [Fact]
    public void A_client_that_resets_between_two_SYNs_was_told_of_another_connection()
    {
        Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        Wire.Send(Side.Client, TcpFlags.Rst, 777_000, 0);
        Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: Second);
        Wire.Send(Side.Server, SynAck, Wire.ServerStart, Wire.ClientStart + 1);
        Wire.Send(Side.Client, TcpFlags.Ack, Wire.ClientStart + 1, Wire.ServerStart + 1);
        Finding finding = _talk.Verdict()!;
        Assert.Equal((FindingId.ConnectionCollision, Confidence.Likely), (finding.Id, finding.Confidence));
    }

    [Fact]
    public void The_heads_of_records_tell_a_TLS_handshake_that_the_capture_cut()
    {
        const int Cut = 48;
        byte[] hello = [0x16, 3, 1, 0, 200, 1, .. new byte[199]], answer = [0x16, 3, 3, 0, 100, 2, .. new byte[99]],
            sealedWords = [0x17, 3, 3, 0, 60, .. new byte[60]];
        _talk.Wire.Handshake(1 * Millisecond, 100_000);
        uint client = Wire.ClientStart + 1, server = Wire.ServerStart + 1;
        Wire.Send(Side.Client, PshAck, client, server, hello, snap: Cut);
        client += (uint)hello.Length;
        Wire.Send(Side.Server, TcpFlags.Ack, server, client, afterNs: 1 * Millisecond);
        Wire.Send(Side.Server, PshAck, server, client, answer, afterNs: Second, snap: Cut);
        server += (uint)answer.Length;
        Wire.Send(Side.Client, PshAck, client, server, sealedWords, snap: Cut);
        client += (uint)sealedWords.Length;
        Wire.Send(Side.Server, PshAck, server, client, sealedWords, afterNs: 1 * Millisecond, snap: Cut);
        Assert.Equal((FindingId.TlsHandshakeSlow, Party.Server), Told(_talk.Verdict()));
    }

    [Fact]
    public void A_client_that_went_on_unasked_before_shows_nothing_by_waiting()
    {
        Talk talk = _talk.Open().Ask("still here 1").Wait(10).Ask("still here 2").Answer("take a picture");
        Assert.Null(talk.Wait(1).Ask("a picture").Wait(4).Answer("another one").Close(Side.Client).Close(Side.Server).Verdict());
    }

    private static (FindingId, Party) Told(Finding? finding)
    {
        Assert.NotNull(finding);
        return (finding.Id, finding.Party);
    }
}
