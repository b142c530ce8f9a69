using Trama.Framing.Dns;

namespace Trama.Framing.Tests.Dns;

public class DnsTests
{
    private const string Queries =
        @">\0\x1d\0\x01\x01\0\0\x01\0\0\0\0\0\0\x07example\x03org\0\0\x01\0\x01"
        + @"\0\x1d\0\x02\x01\0\0\x01\0\0\0\0\0\0\x07example\x03org\0\0\x1c\0\x01" + "\n"
        + @"<\0\x1d\0\x02\x81\x83\0\x01\0\0\0\0\0\0\x07example\x03org\0\0\x1c\0\x01"
        + @"\0\x2d\0\x01\x81\x80\0\x01\0\x01\0\0\0\0\x07example\x03org\0\0\x01\0\x01"
        + @"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\x0a\0\0\x01" + "\n"
        + @">\0\x11\0\x03\x20\0\0\x01\0\0\0\0\0\0\0\0\x06\0\x01" + "\n"
        + @"<\0\x0c\0\x03\xa0\x05\0\0\0\0\0\0\0\0";

    private static readonly DnsProtocol s_dns = new();

    // SOA 7, A, SOA 7: each in a packet of its own.
    private static string Soa =>
        @"\0\x29\0\x09\x84\0\0\0\0\x01\0\0\0\0\x01z\0\0\x06\0\x01\0\0\0\x3c\0\x10"
        + @"\0\0\0\0\0\x07" + string.Concat(Enumerable.Repeat(@"\0", 10));

    private static string Address => @"\0\x1d\0\x09\x84\0\0\0\0\x01\0\0\0\0\x01z\0\0\x01\0\x01\0\0\0\x3c\0\x04\x0a\0\0\x01";

    [Fact]
    public void Replies_out_of_order_are_paired_by_identifier() => ProtocolTalk.Expect(s_dns, Queries,
        """
        > #1: A example.org ~ A [Asks]
        > #2: AAAA example.org ~ AAAA [Asks]
        < #2: 3 NXDOMAIN failed [Answers]
        < #1: 0 NOERROR [Answers]
        > #3: NOTIFY SOA . ~ NOTIFY SOA [Asks]
        < #3: 5 REFUSED failed [Answers]
        """);

    [Fact]
    public void A_transfer_in_many_packets_is_one_reply()
    {
        string said = @">\0\x13\0\x09\0\0\0\x01\0\0\0\0\0\0\x01z\0\0\xfc\0\x01"
            + "\n<" + Soa + Address + Soa + @"\0\x0c\0\x0a\x80\0\0\0\0\0\0\0\0\0";
        ProtocolTalk.Expect(s_dns, said,
            """
            > #1: AXFR z ~ AXFR [Asks]
            < #1: 0 NOERROR [Answers]
            < #2: 0 NOERROR [Answers]
            """);
    }

    [Fact]
    public void A_secondary_with_the_newest_version_gets_one_record()
    {
        string said = @">\0\x13\0\x09\0\0\0\x01\0\0\0\0\0\0\x01z\0\0\xfb\0\x01" + "\n<" + Soa + @"\0\x0c\0\x0a\x80\0\0\0\0\0\0\0\0\0";
        ProtocolTalk.Expect(s_dns, said, "> #1: IXFR z ~ IXFR [Asks]\n< #1: 0 NOERROR [Answers]\n< #2: 0 NOERROR [Answers]");
    }

    [Fact]
    public void After_missing_bytes_a_message_is_found_again()
    {
        (Direction From, byte[] Bytes)[] said = ProtocolSamples.Bytes(Queries);
        var messages = new FramedMessages(s_dns.Create());
        messages.Take(said[0].From, said[0].Bytes.AsSpan(0, 5));
        messages.Skip(said[0].From, 40);
        messages.Take(said[0].From, "tail"u8);
        messages.Take(said[0].From, said[0].Bytes);
        Assert.Equal(2, messages.Log.Count(line => line.Contains("example.org", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(s_dns, Queries + "\n<" + Soa + Address);
}
