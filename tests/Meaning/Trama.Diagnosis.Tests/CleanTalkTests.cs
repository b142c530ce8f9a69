using System.Text;
using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>Conversations in which nothing goes wrong, with the pauses that their protocol allows: nobody is blamed.</summary>
public class CleanTalkTests
{
    [Fact]
    public void DNS_asks_two_at_once_is_answered_out_of_order_transfers_a_zone_and_is_closed_when_idle()
    {
        Talk talk = At(53).Say(Side.Client, [.. Dns(1, isReply: false), .. Dns(2, isReply: false)]);
        talk.Say(Side.Server, Dns(2, isReply: true)).Wait(0.1).Say(Side.Server, Dns(1, isReply: true));
        talk.Wait(4).Say(Side.Client, Dns(3, isReply: false, type: 252));
        for (int i = 0; i < 4; i++) talk.Wait(0.05).Say(Side.Server, Dns(3, isReply: true, type: 252));
        Assert.Null(talk.Wait(20).Close(Side.Server).Close(Side.Client).Verdict());
    }

    [Fact]
    public void Modbus_is_polled_every_few_seconds_and_may_refuse_a_function()
    {
        Talk talk = At(502);
        for (byte i = 1; i < 8; i++)
        {
            talk.Say(Side.Client, [0, i, 0, 0, 0, 6, 1, 3, 0, 0, 0, 2]);
            byte[] values = [0, i, 0, 0, 0, 7, 1, 3, 4, 0, 1, 0, 2], refusal = [0, i, 0, 0, 0, 3, 1, 0x83, 2];
            talk.Wait(0.03).Say(Side.Server, i == 5 ? refusal : values).Wait(5);
        }

        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void SSH_greets_exchanges_keys_and_is_typed_in()
    {
        Talk talk = At(22).Say(Side.Server, "SSH-2.0-OpenSSH_9.6\r\n").Say(Side.Client, "SSH-2.0-OpenSSH_9.6\r\n");
        talk.Say(Side.Client, Ssh(20, 900)).Say(Side.Server, Ssh(20, 900)).Say(Side.Client, Ssh(30, 44)).Say(Side.Server, Ssh(31, 300));
        for (int i = 0; i < 10; i++) talk.Wait(2).Say(Side.Client, new byte[36]).Wait(0.02).Say(Side.Server, new byte[36]);
        talk.Say(Side.Client, new byte[36]).Wait(0.02).Say(Side.Server, new byte[5000]).Wait(40);
        Assert.Null(talk.Say(Side.Client, new byte[60]).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void TDS_logs_in_runs_batches_and_is_closed_without_a_farewell()
    {
        Talk talk = At(1433).Say(Side.Client, Tds(0x12, 40)).Say(Side.Server, Tds(4, 36));
        talk.Say(Side.Client, Tds(0x10, 200)).Wait(0.02).Say(Side.Server, Tds(4, 400));
        for (int i = 0; i < 4; i++) talk.Wait(0.2).Say(Side.Client, Tds(1, 120)).Wait(0.01).Say(Side.Server, Tds(4, 700));
        // Attention, and what it ends.
        talk.Say(Side.Client, Tds(6, 0)).Wait(0.01).Say(Side.Server, [4, 1, 0, 21, 0, 0, 1, 0, 0xfd, 0x20, .. new byte[11]]);
        Assert.Null(talk.Wait(600).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void MongoDB_is_asked_and_rests_in_a_pool()
    {
        Talk talk = At(27017);
        for (byte i = 1; i < 6; i++) talk.Say(Side.Client, Mongo(i, 0)).Wait(0.02).Say(Side.Server, Mongo((byte)(i + 100), i)).Wait(0.5);
        Assert.Null(talk.Wait(900).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void Cassandra_starts_asks_on_several_streams_and_rests()
    {
        Talk talk = At(9042).Say(Side.Client, Cassandra(1, 0, isReply: false)).Say(Side.Server, Cassandra(2, 0, isReply: true));
        talk.Say(Side.Client, [.. Cassandra(7, 1, isReply: false), .. Cassandra(7, 2, isReply: false)]);
        talk.Wait(0.02).Say(Side.Server, Cassandra(8, 2, isReply: true)).Say(Side.Server, Cassandra(8, 1, isReply: true));
        for (int i = 0; i < 3; i++)
            talk.Wait(30).Say(Side.Client, Cassandra(5, 0, isReply: false)).Say(Side.Server, Cassandra(6, 0, isReply: true));
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    private static Talk At(ushort port)
    {
        var talk = new Talk();
        talk.Wire.Server = talk.Wire.Server with { Port = port };
        return talk.Open();
    }

    private static byte[] Dns(byte id, bool isReply, byte type = 1)
    {
        byte[] question = [3, .. "www"u8, 2, .. "ex"u8, 0, 0, type, 0, 1];
        byte[] answer = isReply ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 1] : [];
        byte[] message =
        [
            0, id, (byte)(isReply ? 0x81 : 1), (byte)(isReply ? 0x80 : 0), 0, 1, 0, (byte)(isReply ? 1 : 0), 0, 0, 0, 0,
            .. question, .. answer,
        ];
        return [0, (byte)message.Length, .. message];
    }

    // A packet in the clear: its length, its padding's, its number.
    private static byte[] Ssh(byte number, int bytes) =>
        [0, 0, (byte)((bytes - 4) >> 8), (byte)(bytes - 4), 8, number, .. new byte[bytes - 6]];

    private static byte[] Tds(byte type, int bytes) =>
        [type, 1, (byte)((bytes + 8) >> 8), (byte)(bytes + 8), 0, 0, 1, 0, .. new byte[bytes]];

    private static byte[] Mongo(byte id, byte responseTo)
    {
        byte[] elements = [16, .. Encoding.ASCII.GetBytes(responseTo == 0 ? "ping" : "ok"), 0, 1, 0, 0, 0, 0];
        byte[] body = [0, 0, 0, 0, 0, (byte)(4 + elements.Length), 0, 0, 0, .. elements];
        return [(byte)(16 + body.Length), 0, 0, 0, id, 0, 0, 0, responseTo, 0, 0, 0, 0xdd, 7, 0, 0, .. body];
    }

    // Versions 4's frame with an empty body, or a query.
    private static byte[] Cassandra(byte opcode, byte stream, bool isReply)
    {
        byte[] body = opcode switch
        {
            1 => [0, 1, 0, 11, .. "CQL_VERSION"u8, 0, 5, .. "3.0.0"u8],
            7 => [0, 0, 0, 8, .. "SELECT 1"u8, 0, 1, 0],
            8 => [0, 0, 0, 1],
            6 => [0, 0],
            _ => [],
        };
        return [(byte)(isReply ? 0x84 : 4), 0, 0, stream, opcode, 0, 0, 0, (byte)body.Length, .. body];
    }
}
