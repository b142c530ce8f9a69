using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>Scrubs handshake messages of TLS in clear (RFC 8446 section 4, RFC 5246 section 7.4).</summary>
internal sealed class HandshakeScrubber(ScrubKey key, TextScrubber text, DerScrubber der)
{
    private const int HeaderLength = 4, RandomLength = 32;
    private const byte ClientHello = 1, ServerHello = 2, Certificate = 11, ServerKeyExchange = 12;

    private readonly ExtensionScrubber _extensions = new(key, text);

    // The random of a HelloRetryRequest (RFC 8446 section 4.1.3), and what a server that could do better says in its last bytes.
    private static ReadOnlySpan<byte> Retry => [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];

    private static ReadOnlySpan<byte> Downgraded => "DOWNGRD"u8;

    /// <summary>Whether bytes begin with a message, not with one that is encrypted.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderLength
        && bytes[0] is 0 or 1 or 2 or 4 or 11 or 12 or 13 or 14 or 15 or 16 or 20 or 22 && bytes[1] <= 1;

    /// <summary>Whether bytes are a hello and no more, as after a HelloRetryRequest, when one side said already that it changes its
    /// cipher.</summary>
    public static bool IsHello(ReadOnlySpan<byte> bytes) => bytes.Length > HeaderLength && bytes[0] is ClientHello or ServerHello
        && (bytes[1] << 16 | bytes[2] << 8 | bytes[3]) == bytes.Length - HeaderLength;

    /// <summary>Scrubs messages, one after the other.</summary>
    public void Scrub(Span<byte> messages)
    {
        while (messages.Length >= HeaderLength)
        {
            int length = Math.Min(messages[1] << 16 | messages[2] << 8 | messages[3], messages.Length - HeaderLength);
            Span<byte> body = messages.Slice(HeaderLength, length);
            switch (messages[0])
            {
                case ClientHello: ScrubHello(body, isServer: false); break;
                case ServerHello: ScrubHello(body, isServer: true); break;
                case Certificate: ScrubCertificates(body); break;
                // The curve, and the length of the point (RFC 8422 section 5.4).
                case ServerKeyExchange when length > 4 && body[0] == 3: key.Replace(body[4..]); break;
                default: key.Replace(body); break;
            }

            messages = messages[(HeaderLength + length)..];
        }
    }

    private void ScrubHello(Span<byte> body, bool isServer)
    {
        if (body.Length < 2 + RandomLength + 1)
        {
            key.Replace(body);
            return;
        }

        Span<byte> random = body.Slice(2, RandomLength);
        if (!isServer || !random.StartsWith(Retry)) key.Replace(random[24..].StartsWith(Downgraded) ? random[..24] : random);
        Span<byte> rest = body[(2 + RandomLength)..];
        int session = Math.Min(rest[0], rest.Length - 1);
        key.Replace(rest.Slice(1, session));
        rest = rest[(1 + session)..];
        // One suite and one compression method, or lists of them.
        int suites = isServer ? 2 : rest.Length < 2 ? 0 : 2 + BinaryPrimitives.ReadUInt16BigEndian(rest);
        rest = rest[Math.Min(suites, rest.Length)..];
        int methods = isServer ? 1 : rest.IsEmpty ? 0 : 1 + rest[0];
        rest = rest[Math.Min(methods, rest.Length)..];
        if (rest.Length > 2) _extensions.Scrub(rest[2..], isServer);
    }

    private void ScrubCertificates(Span<byte> body)
    {
        if (body.Length < 3) return;
        body = body[3..];
        while (body.Length > 3)
        {
            int length = Math.Min(body[0] << 16 | body[1] << 8 | body[2], body.Length - 3);
            der.Scrub(body.Slice(3, length));
            body = body[(3 + length)..];
        }
    }
}
