using System.Text;
using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>What databases do not answer, and what they say unasked, is nobody's fault.</summary>
public class DatabaseDueTests
{
    private static readonly byte[] s_ok = [7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0];

    [Fact]
    public void What_MySQL_does_not_answer_and_a_session_without_work_draw_no_blame()
    {
        Talk talk = LogIn().Say(Side.Client, Query("select 1 from t")).Say(Side.Server, s_ok);
        // STMT_SEND_LONG_DATA and STMT_CLOSE, then nothing for an hour, and QUIT.
        talk.Say(Side.Client, [9, 0, 0, 0, 24, 1, 0, 0, 0, 0, 0, .. "hi"u8]).Wait(20);
        talk.Say(Side.Client, [5, 0, 0, 0, 25, 1, 0, 0, 0]).Wait(3600);
        Assert.Null(talk.Say(Side.Client, [1, 0, 0, 0, 1]).Wait(0.01).Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void Events_of_MySQL_s_binary_log_come_when_they_come()
    {
        Talk talk = LogIn().Say(Side.Client, [11, 0, 0, 0, 18, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
        talk.Say(Side.Server, [5, 0, 0, 1, 0, 1, 2, 3, 4]);
        for (byte i = 2; i < 8; i++) talk.Wait(17).Say(Side.Server, [5, 0, 0, i, 0, 1, 2, 3, 4]);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void A_statement_of_MySQL_that_the_server_never_answers_is_missed()
    {
        Finding finding = LogIn().Say(Side.Client, Query("select 1 from t")).Wait(30).Close(Side.Client).Close(Side.Server).Verdict()!;
        Assert.Equal((FindingId.NoReply, Party.Server, Confidence.Certain), (finding.Id, finding.Party, finding.Confidence));
    }

    [Fact]
    public void What_MongoDB_streams_or_does_not_acknowledge_draws_no_blame()
    {
        Talk talk = new Talk().Open().Say(Side.Client, Mongo(1, 0, 1 << 16, "hello", "maxAwaitTimeMS")).Wait(10);
        talk.Say(Side.Server, Mongo(50, 1, 2, "ok", "x"));
        for (int i = 50; i < 55; i++) talk.Wait(10).Say(Side.Server, Mongo((byte)(i + 1), (byte)i, 2, "ok", "x"));
        talk.Open(40_001).Say(Side.Client, Mongo(1, 0, 0, "ping", "x")).Say(Side.Server, Mongo(90, 1, 0, "ok", "x"));
        for (int i = 2; i < 6; i++) talk.Say(Side.Client, Mongo((byte)i, 0, 2, "insert", "x")).Wait(7);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    [Fact]
    public void Events_of_Cassandra_come_when_they_come()
    {
        Talk talk = new Talk().Open().Say(Side.Client, [4, 0, 0, 0, 5, 0, 0, 0, 0]).Say(Side.Server, [0x84, 0, 0, 0, 6, 0, 0, 0, 0]);
        for (int i = 0; i < 5; i++) talk.Wait(25).Say(Side.Server, [0x84, 0, 0xff, 0xff, 12, 0, 0, 0, 2, 0, 0]);
        Assert.Null(talk.Close(Side.Client).Close(Side.Server).Verdict());
    }

    // OP_MSG with a document of two numbers.
    private static byte[] Mongo(byte id, byte responseTo, int flags, string first, string second)
    {
        byte[] elements =
        [
            16, .. Encoding.ASCII.GetBytes(first), 0, 1, 0, 0, 0, 16, .. Encoding.ASCII.GetBytes(second), 0, 1, 0, 0, 0, 0,
        ];
        byte[] body = [(byte)flags, 0, (byte)(flags >> 16), 0, 0, (byte)(4 + elements.Length), 0, 0, 0, .. elements];
        return [(byte)(16 + body.Length), 0, 0, 0, id, 0, 0, 0, responseTo, 0, 0, 0, 0xdd, 7, 0, 0, .. body];
    }

    private static Talk LogIn()
    {
        byte[] salt = [.. "saltsalt"u8], ends = [45, 2, 0, 0xff, 0xc7, 21, .. new byte[10], .. "saltsaltsalt\0"u8];
        byte[] greeting = [10, .. "8.0.36\0"u8, 1, 0, 0, 0, .. salt, 0, 0xff, 0xff, .. ends];
        byte[] login = [1, 0x82, 0, 0, 0, 0, 0, 1, 45, .. new byte[23], .. "ana\0"u8, 4, .. "hash"u8];
        return new Talk().Open().Say(Side.Server, [(byte)greeting.Length, 0, 0, 0, .. greeting])
            .Say(Side.Client, [(byte)login.Length, 0, 0, 1, .. login]).Say(Side.Server, [7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]);
    }

    private static byte[] Query(string text) => [(byte)(text.Length + 1), 0, 0, 0, 3, .. Encoding.ASCII.GetBytes(text)];
}
