using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>Brokers, caches, directories and file servers: nobody is blamed for a reply that their protocols do not owe, or not
/// soon.</summary>
public class BrokerDueTests
{
    [Fact]
    public void A_producer_of_Kafka_that_wants_no_acknowledgement_gets_none()
    {
        Talk talk = Kafka();
        for (byte i = 2; i < 5; i++) talk.Say(Side.Client, Produce(i, acknowledgements: 0)).Wait(10);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void A_broker_of_Kafka_that_answers_nothing_although_it_should_is_to_blame()
    {
        Talk talk = Kafka().Say(Side.Client, Produce(2, acknowledgements: 1)).Wait(10);
        Assert.Equal(FindingId.NoReply, talk.Close(Side.Client).Close(Side.Server).Verdict()!.Id);
    }

    [Fact]
    public void A_fetch_of_Kafka_waits_for_something_to_tell_and_what_is_asked_behind_it_too()
    {
        Talk talk = Kafka();
        for (byte i = 2; i < 12; i += 2)
        {
            talk.Say(Side.Client, Kafka(1, 4, i, [0xff, 0xff, 0xff, 0xff, 0, 0, 0x13, 0x88, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1,
                (byte)'a', 0, 0, 0, 0]));
            talk.Wait(0.1).Say(Side.Client, Kafka(12, 0, (byte)(i + 1), [0, 1, (byte)'g', 0, 0, 0, 1, 0, 1, (byte)'m'])).Wait(4.8);
            talk.Say(Side.Server, [.. Sized([0, 0, 0, i, 0, 0, 0, 0, 0, 0, 0, 0]), .. Sized([0, 0, 0, (byte)(i + 1), 0, 0])]);
        }

        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void What_AMQP_publishes_delivers_and_beats_wants_nothing()
    {
        byte[] heartbeat = [8, 0, 0, 0, 0, 0, 0, 0xce];
        Talk talk = new Talk().Open().Say(Side.Client, [.. "AMQP"u8, 0, 0, 9, 1]).Say(Side.Server, Amqp(0, 10, 10)).Say(Side.Client,
            Amqp(0, 10, 11))
            .Say(Side.Client, Amqp(1, 20, 10, 0)).Say(Side.Server, Amqp(1, 20, 11, 0, 0, 0, 0));
        byte[] content = [2, 0, 1, 0, 0, 0, 14, 0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xce];
        for (byte i = 1; i < 4; i++)
        {
            talk.Say(Side.Client, [.. Amqp(1, 60, 40, 0, 0, 0, 1, (byte)'q', 0), .. content]).Wait(8).Say(Side.Server, heartbeat);
            talk.Say(Side.Server, [.. Amqp(1, 60, 60, 1, (byte)'t', 0, 0, 0, 0, 0, 0, 0, i, 0, 0, 1, (byte)'q'), .. content]).Wait(8)
                .Say(Side.Client, heartbeat);
        }

        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void What_STOMP_sends_without_a_receipt_and_its_beats_want_nothing()
    {
        Talk talk = new Talk().Open().Ask("CONNECT\naccept-version:1.2\n\n\0").Answer("CONNECTED\nversion:1.2\n\n\0");
        for (int i = 0; i < 4; i++) talk.Ask("SEND\ndestination:/queue/a\n\nhello\0").Wait(6).Ask("\n").Wait(2).Answer("\n").Wait(6);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void What_memcached_stores_without_reply_and_its_quiet_packets_want_nothing()
    {
        Talk talk = new Talk().Open().Ask("set a 0 0 1\r\nx\r\n").Answer("STORED\r\n");
        for (int i = 0; i < 3; i++) talk.Ask("set a 0 0 1 noreply\r\nx\r\n").Wait(10);
        talk.Ask("quit\r\n").Close(Side.Server).Close(Side.Client);
        talk.Open(40_001);
        for (byte i = 0; i < 3; i++) talk.Say(Side.Client, [0x80, 0x0d, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, i, 0, 0, 0, 0, 0, 0, 0, 0,
            (byte)'k']).Wait(10);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void Nothing_answers_what_LDAP_abandons_and_its_last_word()
    {
        byte[] bind = [0x30, 12, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0], bound = [0x30, 12, 2, 1, 1, 0x61, 7, 10, 1, 0, 4, 0, 4, 0];
        Talk talk = new Talk().Open().Say(Side.Client, bind).Say(Side.Server, bound);
        for (byte i = 2; i < 5; i++) talk.Say(Side.Client, [0x30, 6, 2, 1, i, 0x50, 1, 1]).Wait(10);
        talk.Say(Side.Client, [0x30, 5, 2, 1, 9, 0x42, 0]).Wait(0.02);
        Assert.Null(talk.Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void A_file_server_tells_of_changes_when_there_are_some_and_takes_files_back_unasked()
    {
        Talk talk = new Talk().Open();
        for (byte i = 1; i < 5; i++)
        {
            talk.Say(Side.Client, Smb(15, i)).Wait(20).Say(Side.Server, Smb(15, i, isReply: true));
            talk.Wait(3).Say(Side.Server, Smb(18, 0xff, isReply: true)).Wait(3).Say(Side.Client, Smb(12, i)).Wait(10);
        }

        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    private static Talk Kafka() =>
        new Talk().Open().Say(Side.Client, Kafka(18, 0, 1, [])).Say(Side.Server, Sized([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]));

    private static byte[] Produce(byte correlation, byte acknowledgements) =>
        Kafka(0, 7, correlation, [0xff, 0xff, 0, acknowledgements, 0, 0, 0, 100, 0, 0, 0, 1, 0, 1, (byte)'a', 0, 0, 0, 1, 0, 0, 0, 0, 0,
            0, 0, 4, 1, 2, 3, 4]);

    private static byte[] Kafka(byte api, byte version, byte correlation, byte[] body) =>
        Sized([0, api, 0, version, 0, 0, 0, correlation, 0, 3, .. "app"u8, .. body]);

    private static byte[] Sized(byte[] content) => [0, 0, 0, (byte)content.Length, .. content];

    private static byte[] Amqp(byte channel, byte number, byte method, params byte[] arguments) =>
        [1, 0, channel, 0, 0, 0, (byte)(4 + arguments.Length), 0, number, 0, method, .. arguments, 0xce];

    private static byte[] Smb(byte command, byte id, bool isReply = false)
    {
        byte[] message = new byte[64];
        (message[0], message[4], message[12], message[16]) = (0xfe, 64, command, (byte)(isReply ? 1 : 0));
        "SMB"u8.CopyTo(message.AsSpan(1));
        if (id == 0xff) message.AsSpan(24, 8).Fill(id);
        else message[24] = id;
        return Sized(message);
    }
}
