using System.Text;

namespace Trama.Framing.Tests;

/// <summary>Bytes that nobody saw: what lies between messages counts as one, and framing goes on where a message begins.</summary>
public class MissingBytesTests
{
    [Fact]
    public void A_missing_HTTP_reply_is_one_message_and_the_next_begins_with_its_status_line()
    {
        Assert.Equal(
            [
                "> \"GET /1 HTTP/1.1\\r\\n\\r\\n\" = GET /1",
                "< \"[50 missing][7 missing]\" [cut]",
                "> \"GET /2 HTTP/1.1\\r\\n\\r\\n\" = GET /2",
                "< \"HTTP/1.1 204 No Content\\r\\n\\r\\n\" = 204 No Content",
            ],
            Told("http1", ">GET /1 HTTP/1.1\r\n\r\n", "<50", "<7", ">GET /2 HTTP/1.1\r\n\r\n", "<HTTP/1.1 204 No Content\r\n\r\n"));
    }

    [Fact]
    public void A_missing_HTTP_request_is_one_message_and_its_reply_answers_it()
    {
        Assert.Equal(
            [
                "> \"[40 missing]\" [cut]",
                "< \"HTTP/1.1 204 Fine\\r\\n\\r\\n\" = 204 Fine",
                "> \"GET /2 HTTP/1.1\\r\\n\\r\\n\" = GET /2",
                "< \"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nhi\" = 200 OK",
            ],
            Told("http1", ">40", "<HTTP/1.1 204 Fine\r\n\r\n", ">GET /2 HTTP/1.1\r\n\r\n",
                "<HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
    }

    [Fact]
    public void A_gap_that_begins_in_a_body_ends_it_and_goes_on_between_messages() =>
        Assert.Equal(
            [
                "> \"GET /1 HTTP/1.1\\r\\n\\r\\n\" = GET /1",
                "> \"GET /2 HTTP/1.1\\r\\n\\r\\n\" = GET /2",
                "< \"HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nfour[5 missing]\" = 200 OK",
                "< \"[33 missing]\" [cut]",
                "> \"GET /3 HTTP/1.1\\r\\n\\r\\n\" = GET /3",
                "< \"HTTP/1.1 204 Fine\\r\\n\\r\\n\" = 204 Fine",
            ],
            Told(
                "http1", ">GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n", "<HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfour", "<38",
                ">GET /3 HTTP/1.1\r\n\r\n", "<HTTP/1.1 204 Fine\r\n\r\n"));

    [Fact]
    public void What_does_not_begin_a_message_after_missing_bytes_belongs_to_them_until_the_other_side_speaks() =>
        Assert.Equal(
            [
                "> \"GET /1 HTTP/1.1\\r\\n\\r\\n\" = GET /1",
                "< \"[50 missing]rest of a body\" [cut]",
                "> \"GET /2 HTTP/1.1\\r\\n\\r\\n\" = GET /2",
                "< \"HTTP/1.1 204 Fine\\r\\n\\r\\n\" = 204 Fine",
            ],
            Told("http1", ">GET /1 HTTP/1.1\r\n\r\n", "<50", "<rest of a body", ">GET /2 HTTP/1.1\r\n\r\n", "<HTTP/1.1 204 Fine\r\n\r\n"));

    [Fact]
    public void Missing_bytes_in_the_fields_or_between_chunks_hide_the_end_of_the_message() =>
        Assert.Equal(
            [
                "> \"GET / HTTP/1.1\\r\\nHos[8 missing] x\\r\\n\\r\\n\" = GET / [cut]",
                "< \"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4[20 missing]abcd\" = 200 OK [cut]",
                "> \"GET /2 HTTP/1.1\\r\\n\\r\\n\" = GET /2",
                "< \"HTTP/1.1 204 Fine\\r\\n\\r\\n\" = 204 Fine",
            ],
            Told(
                "http1", ">GET / HTTP/1.1\r\nHos", ">8", "> x\r\n\r\n", "<HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4", "<20",
                "<abcd",
                ">GET /2 HTTP/1.1\r\n\r\n", "<HTTP/1.1 204 Fine\r\n\r\n"));

    [Fact]
    public void A_missing_RESP_reply_and_a_missing_command_are_one_message_each()
    {
        Assert.Equal(
            [
                "> \"*1\\r\\n$4\\r\\nPING\\r\\n\" = PING",
                "< \"[7 missing]\" [cut]",
                "> \"[14 missing]\" [cut]",
                "< \":2\\r\\n\" = :2",
                "> \"*1\\r\\n$4\\r\\nPING\\r\\n\" = PING",
                "< \"+PONG\\r\\n\" = +PONG",
            ],
            Told("resp", ">*1\r\n$4\r\nPING\r\n", "<7", ">14", "<:2\r\n", ">*1\r\n$4\r\nPING\r\n", "<+PONG\r\n"));
    }

    [Fact]
    public void Missing_bytes_inside_a_RESP_string_belong_to_it() =>
        Assert.Equal(
            [
                "> \"*2\\r\\n$3\\r\\nGET\\r\\n$1\\r\\nk\\r\\n\" = GET k",
                "< \"*2\\r\\n$8\\r\\nab[4 missing]gh\\r\\n$4\\r\\n[6 missing]\" = *2 ab ",
                "< \"[3 missing]\" [cut]",
            ],
            Told("resp", ">*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "<*2\r\n$8\r\nab", "<4", "<gh\r\n$4\r\n", "<9"));

    [Fact]
    public void Missing_bytes_in_a_RESP_length_hide_the_end_of_the_value() =>
        Assert.Equal(
            [
                "> \"*1\\r\\n$[3 missing]PING\\r\\n\" [cut]",
                "< \"$[2 missing]\\r\\nabc\\r\\n\" [cut]",
                "> \"*1\\r\\n$4\\r\\nPING\\r\\n\" = PING",
                "< \"+PONG\\r\\n\" = +PONG",
            ],
            Told("resp", ">*1\r\n$", ">3", ">PING\r\n", "<$", "<2", "<\r\nabc\r\n", ">*1\r\n$4\r\nPING\r\n", "<+PONG\r\n"));

    // What was said, one piece a line: who, then the text, or how many bytes are missing.
    private static List<string> Told(string rule, params string[] said)
    {
        Assert.True(FramingRuleParser.TryParse(rule, out FramingRule? framing, out _));
        List<string> whole = Told(framing, int.MaxValue, said);
        for (int piece = 1; piece < 12; piece++) Assert.Equal(whole, Told(framing, piece, said));
        return whole;
    }

    private static List<string> Told(FramingRule framing, int pieceLength, string[] said)
    {
        var sink = new RecordedMessages();
        var conversation = new Conversation(framing, sink);
        foreach (string line in said)
        {
            Direction from = line[0] == '>' ? Direction.ToServer : Direction.ToClient;
            if (long.TryParse(line.AsSpan(1), out long missing)) conversation.Skip(from, missing);
            else
                foreach (byte[] piece in Encoding.ASCII.GetBytes(line[1..]).Chunk(pieceLength)) conversation.Take(from, piece);
        }

        conversation.End(Direction.ToServer);
        conversation.End(Direction.ToClient);
        return sink.Log;
    }
}
