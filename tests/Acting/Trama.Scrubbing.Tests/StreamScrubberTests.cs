using CsCheck;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Tests;

public class StreamScrubberTests
{
    private static readonly string[][] Stacks = [[], ["http1"], ["http2"], ["http1", "websocket"], ["tls1.2"], ["tls1.3"], ["postgresql"],
        ["ldap"], ["ssh"], ["telnet"], ["smb2"], ["mysql"], ["resp"], ["proxy", "http1"], ["tds"], ["amqp"], ["mqtt"], ["mongodb"], ["kafka"], ["cassandra"], ["memcached"],
        ["dns"], ["bgp"], ["socks"], ["imap"], ["fix"], ["stomp"], ["nats"]];

    /// <summary>Beginnings that lead deep into each reader.</summary>
    private static readonly byte[][] Beginnings =
    [
        [], [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8], [0, 0, 5, 1, 4, 0, 0, 0, 1, 0x40, 0x83], [0x16, 3, 1, 1, 0, 1, 0, 0, 0xfc, 3, 3],
        [.. "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"u8],
        [0xc1, 0x85, 1, 2, 3, 4], [0x30, 0x84, 0, 0, 1, 0, 2],
        [0x1f, 0x8b, 8], [0, 0, 0, 0x50, 0xfe, 0x53, 0x4d, 0x42],
        [16, 1, 0, 120, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0, 60, 0, 10, 0, 11], [0x10, 60, 0, 4, .. "MQTT"u8, 5, 0xff, 0, 60],
        [80, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 5], [0, 0, 0, 90, 0, 36, 0, 2],
        [4, 0, 0, 1, 15, 0, 0, 0, 90], [0x84, 0, 0, 1, 8, 0, 0, 0, 90, 0, 0, 0, 2], [0x80, 0x21, 0, 5, 0, 0, 0, 0, 0, 0, 0, 60],
        [80, 0, 0, 1, 0x85, 0xa6, 0x3f, 0], [(byte)'B', 0, 0, 0, 90, 0, 0, 0, 1, 0, 1], [.. "*2\r\n$4\r\nAUTH\r\n$90\r\n"u8],
        [.. "a LOGIN {2}\r\nbo {400}\r\n"u8], [.. "set k 0 0 90\r\n"u8],
    ];

    [Fact]
    public void Any_bytes_of_any_protocol_are_scrubbed_without_a_complaint() =>
        Gen.Select(Gen.Int[0, Stacks.Length - 1], Gen.Int[0, Beginnings.Length - 1], Gen.Byte.Array[0, 600], Gen.Int[0, 700], Gen.Enum<ScrubCare>())
            .Sample((stack, beginning, rest, length, care) =>
            {
                ScrubKey key = ScrubKey.OfSeed(3);
                string[] layers = Stacks[stack];
                byte[] stream = [.. Beginnings[beginning], .. rest];
                new StreamScrubber(key, new AddressMap(key), new SeenAddresses()).Scrub(stream, layers,
                    [new MessagePlace(0, length, layers.LastOrDefault()), new MessagePlace(length, 900, layers.FirstOrDefault())],
                    [0, length / 2, length], isReply: length % 2 == 0, care);
            });
}
