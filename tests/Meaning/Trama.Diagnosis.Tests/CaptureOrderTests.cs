using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>What a capture did to packets (their order in the file, copies, what it missed, where it ends) is nobody's fault.</summary>
public class CaptureOrderTests
{
    private const string Get = "GET / HTTP/1.1\r\n\r\n";

    [Fact]
    public void A_file_that_has_packets_in_another_order_than_that_of_their_times_shows_no_reordering()
    {
        Talk talk = new Talk().Open().Ask(Get);
        uint start = talk.Next(Side.Server);
        for (uint i = 0; i < 8; i++)
        {
            // Two queues hand over in turns, each packet with its right time.
            uint place = i ^ 1;
            talk.Wire.Now += place < i ? -2_000_000 : 1_000_000;
            talk.Wire.Send(Side.Server, TcpFlags.Ack, start + place * 1000, talk.Next(Side.Client), new byte[1000], 0, 60_000);
        }

        Assert.Empty(talk.Judge().Connections.SelectMany(connection => connection.Findings));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Interfaces_that_hand_over_their_packets_in_blocks_show_no_reordering(int blocks)
    {
        Talk talk = new Talk().Open().Ask(Get);
        uint start = talk.Next(Side.Server);
        long begin = talk.Wire.Now;
        const int Segments = 32;
        // Every other segment, and what answers them, passed another interface; each hands over long stretches at once.
        for (int block = 0; block < blocks; block++)
            for (int of = 1; of >= 0; of--)
                for (uint i = (uint)(Segments / blocks * block); i < Segments / blocks * (block + 1); i++)
                {
                    if (i % 2 != of) continue;
                    talk.Wire.Now = begin + i * 20_000_000;
                    talk.Wire.Send(Side.Server, TcpFlags.Ack, start + i * 1000, talk.Next(Side.Client), new byte[1000], 0, 60_000);
                    talk.Wire.Now += 1_000_000;
                    talk.Wire.Send(Side.Client, TcpFlags.Ack, talk.Next(Side.Client), start + (i + 1) * 1000, "", 0, 60_000);
                }

        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void A_clock_that_was_set_back_leaves_segments_as_they_stand()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 6; i++)
        {
            if (i == 3) talk.Wait(-0.2);
            talk.Ask(Get).Wait(0.01).Answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").Wait(0.05);
        }

        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void Segments_that_come_in_another_order_at_their_times_are_told()
    {
        Talk talk = new Talk().Open().Ask(Get);
        uint start = talk.Next(Side.Server);
        for (uint i = 0; i < 8; i++)
        {
            talk.Wire.Now += 20_000;
            talk.Wire.Send(Side.Server, TcpFlags.Ack, start + (i ^ 1) * 1000, talk.Next(Side.Client), new byte[1000], 0, 60_000);
        }

        Assert.NotNull(talk.Verdict());
    }

    [Fact]
    public void A_segment_that_a_timer_sent_again_and_that_nobody_acknowledged_before_the_capture_ended_need_not_be_lost()
    {
        Talk talk = new Talk().Open().Ask(Get).Answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        uint start = talk.Next(Side.Client);
        talk.Say(Side.Client, Get, isAcknowledged: false).Wait(0.25);
        talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, start, talk.Next(Side.Server), Get, 0, 60_000);
        Assert.Null(talk.Verdict());
    }

    [Fact]
    public void The_same_segment_is_lost_when_it_is_acknowledged_after_it_was_sent_again()
    {
        Talk talk = new Talk().Open().Ask(Get).Answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        uint start = talk.Next(Side.Client);
        talk.Say(Side.Client, Get, isAcknowledged: false).Wait(0.25);
        talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, start, talk.Next(Side.Server), Get, 0, 60_000);
        talk.Wait(0.0005).Send(Side.Server, TcpFlags.Ack);
        Assert.Equal(FindingId.PacketLoss, talk.Verdict()?.Id);
    }

    [Fact]
    public void What_the_capture_missed_of_a_conversation_in_lines_splits_no_message()
    {
        Talk talk = new Talk().Open();
        for (int i = 0; i < 3; i++) talk.Ask($"question {i}\n").Wait(0.01).Answer($"answer {i}\n");
        // Two answers follow one long line: of the line between them the capture has only the acknowledgement.
        talk.Ask(new string('x', 300) + "\n").Wait(0.01).Answer("answer 3\n");
        uint missed = talk.Next(Side.Client) + 11;
        talk.Wire.Send(Side.Server, TcpFlags.Ack | TcpFlags.Psh, talk.Next(Side.Server), missed, "answer 4\n", 100_000, 60_000);
        Assert.Null(talk.Wait(0.01).Verdict());
    }

    [Fact]
    public void The_first_words_of_a_capture_without_a_beginning_may_be_the_last_of_the_talk()
    {
        var talk = new Talk();
        talk.Wire.ClientPort = 40_000;
        talk.Say(Side.Client, [7, 1, 4, 9, 2, 2]).Wait(0.01);
        Assert.Null(talk.Close(Side.Server).Close(Side.Client).Verdict());
    }
}
