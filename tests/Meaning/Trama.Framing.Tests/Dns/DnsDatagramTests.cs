using CsCheck;
using Trama.Framing.Dns;

namespace Trama.Framing.Tests.Dns;

public class DnsDatagramTests
{
    // A reply about example.org: an alias (CNAME) for c.example.org, and the addresses 10.0.0.1 and fd00::2 of that.
    private static readonly byte[] Reply = Convert.FromHexString("123481800001000300000000" + "076578616d706c65036f72670000010001"
        + "c00c000500010000003c0004" + "0163c00c" + "c029000100010000003c0004" + "0a000001"
        + "c029001c00010000003c0010" + "fd000000000000000000000000000002");

    [Fact]
    public void A_reply_tells_the_addresses_of_the_name_that_was_asked_for()
    {
        IReadOnlyList<byte[]> addresses = DnsDatagram.Addresses(Reply, out string name);
        Assert.Equal("example.org", name);
        Assert.Equal(["10.0.0.1", "fd00::2"], addresses.Select(bytes => new System.Net.IPAddress(bytes).ToString()));
    }

    [Fact]
    public void A_question_tells_none()
    {
        byte[] question = [.. Reply.Take(29)];
        (question[2], question[3], question[7]) = (1, 0, 0);
        Assert.Empty(DnsDatagram.Addresses(question, out string name));
        Assert.Empty(name);
    }

    [Fact]
    public void Any_bytes_and_any_change_of_a_reply_end_well()
    {
        Gen.Byte.Array[0, 80].Sample(bytes => _ = DnsDatagram.Addresses(bytes, out _));
        Gen.Select(Gen.Int[0, Reply.Length - 1], Gen.Byte, Gen.Int[0, Reply.Length]).Sample((at, value, length) =>
        {
            byte[] bytes = [.. Reply];
            bytes[at] = value;
            Assert.True(DnsDatagram.Addresses(bytes.AsSpan(0, length), out _).All(address => address.Length is 4 or 16));
        });
    }
}
