using System.Text;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Tests;

/// <summary>What names somebody in places that are neither a word in a text nor an address in a header.</summary>
public class LeftoverTests
{
    private static readonly ScrubKey Key = ScrubKey.OfSeed(5);

    private static readonly byte[] Address4 = [203, 0, 113, 7], Address6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x17];

    public static TheoryData<string> Heads =>
    [
        // A block whose end is not there, one that another begins before, more padding than frame, padding that says something.
        "000010 01 00 00000001 0009 6d795f7365637265740473656372",
        "000010 01 00 00000001 0009 6d795f7365637265740473656372 000001 01 04 00000003 82",
        "000010 00 08 00000001 ff 6d795f7365637265746d795f736563",
        "000010 00 08 00000001 0c 0001 02 6d795f7365637265746d795f",
        // Numbers that are too long for any.
        "000010 08 00 00000001 6d795f7365637265746d795f73656372",
        "000010 03 00 00000001 6d795f7365637265746d795f73656372",
    ];

    [Theory, MemberData(nameof(Heads))]
    public void No_frame_of_http2_keeps_what_it_says(string frames)
    {
        byte[] stream = Convert.FromHexString(frames.Replace(" ", "", StringComparison.Ordinal));
        Scrub(stream, "http2");
        Assert.DoesNotContain("my_sec", Encoding.Latin1.GetString(stream), StringComparison.Ordinal);
        Assert.Equal(Convert.FromHexString(frames[..6]), stream[..3]);
    }

    [Theory, InlineData("resp"), InlineData("smtp"), InlineData("mqtt")]
    public void Utf16_goes_in_every_protocol(string protocol)
    {
        byte[] stream = Encoding.Unicode.GetBytes("Jonathan was here");
        Scrub(stream, protocol);
        Assert.DoesNotContain("natha", Encoding.Unicode.GetString(stream), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_the_proxy_protocol_get_the_stand_ins_of_headers()
    {
        byte[] stream = [0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0, 12, .. Address4, 192, 0, 2, 1,
            0xc0, 1, 1, 0xbb, .. "GET / HTTP/1.1\r\n\r\n"u8];
        Scrub(stream, ["proxy", "http1"], [new MessagePlace(0, 28, "proxy"), new MessagePlace(28, stream.Length - 28, "http1")]);
        Assert.Equal(Mapped(Address4), stream[16..20]);
        Assert.Equal(Mapped([192, 0, 2, 1]), stream[20..24]);
    }

    [Theory, InlineData(4, 4), InlineData(5, 1)]
    public void Addresses_of_socks_get_the_stand_ins_of_headers(byte version, int kind)
    {
        byte[] stream = version == 4 ? [4, 1, 0, 80, .. Address4, 0] : [5, 1, 0, (byte)kind, .. Address4, 0, 80];
        Scrub(stream, "socks");
        Assert.Equal(Mapped(Address4), stream[4..8]);
    }

    [Fact]
    public void Masked_frames_of_a_websocket_are_scrubbed_whatever_the_layers_are_called()
    {
        byte[] head = [.. "GET / HTTP/1.1\r\n\r\n"u8], said = [.. "{\"who\":\"Jonathan\"}"u8], mask = [1, 2, 3, 4];
        byte[] masked = [.. said.Select((letter, at) => (byte)(letter ^ mask[at & 3]))];
        byte[] stream = [.. head, 0x82, (byte)(0x80 | said.Length), .. mask, .. masked];
        Scrub(stream, ["websocket"],
            [new MessagePlace(0, head.Length, "http1"), new MessagePlace(head.Length, 6 + said.Length, "websocket")]);
        byte[] now = stream[^said.Length..], newMask = stream[(head.Length + 2)..(head.Length + 6)];
        string text = Encoding.Latin1.GetString([.. now.Select((letter, at) => (byte)(letter ^ newMask[at & 3]))]);
        Assert.DoesNotContain("Jonathan", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"", text, StringComparison.Ordinal);
        Assert.NotEqual(mask, newMask);
    }

    [Fact]
    public void Dns_over_tcp_says_no_address_in_records_and_in_names()
    {
        byte[] message = [0, 1, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, 1, .. "7"u8, 3, .. "113"u8, 1, .. "0"u8, 3, .. "203"u8,
            7, .. "in-addr"u8, 4, .. "arpa"u8, 0, 0, 12, 0, 1,
            0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. Address4, 0xc0, 12, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16, .. Address6];
        byte[] stream = [0, (byte)message.Length, .. message];
        Scrub(stream, "dns");
        Assert.Equal(Mapped(Address6), stream[^16..]);
        Assert.Equal(Mapped(Address4), stream[^32..^28]);
        string said = Encoding.Latin1.GetString(stream);
        Assert.DoesNotContain("113", said, StringComparison.Ordinal);
        Assert.DoesNotContain("203", said, StringComparison.Ordinal);
    }

    private static byte[] Mapped(byte[] address)
    {
        byte[] mapped = [.. address];
        new AddressMap(Key).Map(mapped);
        return mapped;
    }

    private static void Scrub(byte[] stream, string protocol) => Scrub(stream, [protocol], [new MessagePlace(0, stream.Length, protocol)]);

    private static void Scrub(byte[] stream, string[] layers, MessagePlace[] messages) =>
        new StreamScrubber(Key, new AddressMap(Key), new SeenAddresses()).Scrub(stream, layers, messages, [], isReply: false, ScrubCare.None);
}
