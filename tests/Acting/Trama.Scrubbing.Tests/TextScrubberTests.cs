using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Tests;

public class TextScrubberTests
{
    private static readonly ScrubKey Key = ScrubKey.OfSeed(1);
    private readonly TextScrubber _text = new(Key, new AddressMap(Key));

    [Theory]
    [InlineData("GET /status HTTP/1.1\r\nHost: ")]
    [InlineData("Content-Length: 1234567890\r\n")]
    [InlineData("SELECT count FROM where id = 7")]
    [InlineData("$1234567890\r\n")]
    [InlineData("42P01")]
    public void Structure_stays(string said) => Assert.Equal(said, Scrub(said));

    [Theory]
    [InlineData("Jonathan")]
    [InlineData("jonathan@example.org")]
    [InlineData("+49 89 12345678")]
    [InlineData("Zm9vOmJhcmJheg==")]
    [InlineData("%4Aonathan")]
    [InlineData("2001:db8::17")]
    [InlineData("203.0.113.7")]
    [InlineData("227 Entering Passive Mode (203,0,113,7,200,21)")]
    [InlineData("Olá, João")]
    [InlineData("id123456789012")]
    [InlineData("card 4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("378282 246310 005")]
    [InlineData("+1-202-555-0143")]
    [InlineData("(202) 555-0143")]
    [InlineData("202.555.0143")]
    [InlineData("078-05-1120")]
    [InlineData("3704 0044 0532 0130 00")]
    [InlineData("&#74;&#111;&#101;")]
    [InlineData("&#x4a;&#x6F;")]
    [InlineData("=4A=6F=65")]
    [InlineData("Привет")]
    [InlineData("園区建設")]
    public void What_names_somebody_goes(string said)
    {
        string scrubbed = Scrub(said);
        Assert.Equal(said.Length, scrubbed.Length);
        Assert.NotEqual(said, scrubbed);
    }

    [Theory]
    [InlineData("node:203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7.443", "203.0.113.7")]
    [InlineData("from 203.0.113.7.", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("node:2001:470:1111::17", "2001:470:1111::17")]
    [InlineData("2001:470:1111::17.", "2001:470:1111::17")]
    [InlineData("2001:470:1111::17: refused", "2001:470:1111::17")]
    [InlineData("at ::1234:5678", "1234:5678")]
    [InlineData("00-50-56-12-34-56", "12-34-56")]
    [InlineData("00:50:56:12:34:56.", "12:34:56")]
    [InlineData("ip-10-20-30-40.ec2.internal", "20-30-40")]
    [InlineData("ip10-20-30-40", "10-20-30-40")]
    [InlineData("ec2-54-120-13-14.compute-1.amazonaws.com", "120-13-14")]
    [InlineData("c-73-12-34-56.hsd1.ca.comcast.net", "12-34-56")]
    [InlineData("host-3-10-20-30-40", "20-30-40")]
    [InlineData("pool_10_20_30_40", "20_30_40")]
    [InlineData("vip10.20.30.40", "20.30.40")]
    [InlineData("2001-470-1111--17.ipv6-literal.net", "470-1111")]
    [InlineData("2001-470-1111-1-2-3-4-17", "470-1111")]
    [InlineData("mac 0050.5684.1234", "5684.1234")]
    [InlineData("mac 0050-5684-1234", "5684-1234")]
    [InlineData("mac a050.5684.1234", "5684.1234")]
    [InlineData("mac 005056-841234", "841234")]
    [InlineData("0050.5684.1234.5678", "5684.1234")]
    [InlineData("00-50-56-12-34-56-78-90", "12-34-56")]
    public void Addresses_go_whatever_stands_beside_them(string said, string address) =>
        Assert.DoesNotContain(address, Scrub(said), StringComparison.Ordinal);

    [Theory]
    [InlineData("1.3.6.1.4.1.1466.20037")]
    [InlineData("12:34:56")]
    [InlineData("2026-11-29 12:34:56")]
    [InlineData("26-11-29")]
    [InlineData("1-2-3")]
    [InlineData("1-2-3-4-5-6-7")]
    [InlineData("300-2-30-4")]
    [InlineData("29.11.2026")]
    [InlineData("port=80")]
    [InlineData("UID 17 1234 900 12")]
    public void Numbers_that_are_no_address_stay(string said) => Assert.Equal(said, Scrub(said));

    [Theory]
    [InlineData("%34%31%31%31%31%31%31%31%31%31", "4111111111")]
    [InlineData("4%31111%31%31%31111", "41111111111")]
    [InlineData("=34=31=31=31=31=31=31=31=31=31", "4111111111")]
    [InlineData("%2534%2531%2531%2531%2531%2531%2531%2531%2531%2531", "4111111111")]
    [InlineData("%4a%6f%6e%61%74%68%61%6E", "Jonathan")]
    [InlineData("J%6fn%61than", "Jonathan")]
    [InlineData("203%2e0%2E113.%37", "203.0.113.7")]
    [InlineData("%32%30%33.0.113.7", "203.0.113.7")]
    [InlineData("pass%77ord%3d%27test%27", "password='test'")]
    [InlineData("%d0%9f%D1%80%d0%B8%d0%b2", "\u041f\u0440\u0438\u0432")]
    public void What_is_written_by_numbers_goes_as_what_it_says(string said, string read)
    {
        string scrubbed = Scrub(said);
        Assert.Equal(said.Length, scrubbed.Length);
        Assert.DoesNotContain(read, Decoded(scrubbed), StringComparison.Ordinal);
        for (int at = 0; at < said.Length; at++)
            if (said[at] is '%' && at + 2 < said.Length) Assert.Equal('%', scrubbed[at]);
        Assert.Equal(Scrub(read), Decoded(scrubbed));
    }

    [Theory]
    [InlineData("status%20get%2Fhost%3d1")]
    [InlineData("100% status 50%")]
    [InlineData("port=80")]
    public void What_is_written_by_numbers_and_says_nothing_stays(string said) => Assert.Equal(said, Scrub(said));

    [Theory, InlineData("Jo\u00e3o da Silva"), InlineData("\u0418\u0432\u0430\u043d \u0418\u0432\u0430\u043d\u043e\u0432"),
        InlineData("\u039d\u03af\u03ba\u03bf\u03c2 \u039d\u03af\u03ba\u03bf\u03c2")]
    public void Utf16_of_other_alphabets_goes(string said)
    {
        foreach (Encoding encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] bytes = encoding.GetBytes(said);
            _text.Scrub(bytes);
            string scrubbed = encoding.GetString(bytes);
            Assert.All(said.Zip(scrubbed), pair => Assert.True(pair.First == ' ' || pair.First != pair.Second));
        }
    }

    [Fact]
    public void Bytes_in_a_text_that_are_none_go()
    {
        byte[] bytes = [.. "$32\r\n"u8, .. Enumerable.Range(0, 32).Select(at => (byte)(at * 37 + 5)), .. "\r\n"u8], before = [.. bytes];
        _text.Scrub(bytes);
        Assert.Equal(before[..5], bytes[..5]);
        Assert.True(before[5..37].Zip(bytes[5..37]).Count(pair => pair.First == pair.Second) < 8);
        Assert.Equal(before[^2..], bytes[^2..]);
    }

    [Fact]
    public void Numbers_of_bodies_go_too()
    {
        byte[] bytes = [.. "{\"pin\":1234,\"zero\":0}"u8];
        _text.Scrub(bytes, keepsNumbers: false);
        Assert.DoesNotContain("1234", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.EndsWith(":0}", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_word_gets_the_same_in_capitals_or_not() =>
        Assert.Equal(Scrub("jonathan"), Scrub("JONATHAN"), StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void An_address_in_text_gets_what_the_headers_have_where_that_is_as_long()
    {
        byte[] header = [198, 151, 100, 200];
        new AddressMap(Key).Map(header);
        string expected = string.Join('.', header);
        Assert.Equal(expected.Length == "198.151.100.200".Length, Scrub("198.151.100.200") == expected);
    }

    [Fact]
    public void Any_text_keeps_its_length_and_its_marks() => Gen.Char[' ', '\u0700'].Array[0, 400].Sample(said =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(said.Where(letter => letter != '\x7f').ToArray());
        byte[] scrubbed = [.. bytes];
        _text.Scrub(scrubbed);
        return bytes.Zip(scrubbed).All(pair => pair.First == pair.Second
            || char.IsAsciiLetterOrDigit((char)pair.First) || pair.First >= 0x80);
    });

    private string Scrub(string said)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(said);
        _text.Scrub(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    // As often as it was written so.
    private static string Decoded(string text)
    {
        string said = Uri.UnescapeDataString(text);
        if (!text.Contains('%', StringComparison.Ordinal))
            said = Regex.Replace(text, "(?:=[0-9A-Fa-f]{2}){2,}", run => Encoding.Latin1.GetString(Convert.FromHexString(run.Value.Replace("=", "", StringComparison.Ordinal))));
        return said == text ? said : Decoded(said);
    }
}
