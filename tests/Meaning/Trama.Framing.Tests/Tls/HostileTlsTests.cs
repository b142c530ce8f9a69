using System.Security.Cryptography;
using CsCheck;
using Trama.Framing.Tls.Handshake;
using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tests.Tls;

/// <summary>What is damaged, made up or hostile ends in nothing that was never said.</summary>
public class HostileTlsTests
{
    [Theory]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_2 -cipher AES128-SHA256")]
    public async Task Damaged_bytes_never_become_words(string options)
    {
        string[] words = options.Split(' ');
        string[] lines = [.. Enumerable.Range(1, 8).Select(i => $"line {i} {new string('y', i * 5)}")];
        HashSet<string> sayable = [.. lines, .. lines.Select(line => new string([.. line.Reverse()]))];
        using var conversation = new OpensslConversation(words);
        await conversation.TalkAsync(lines, words);
        var keys = new TlsKeys();
        new KeyLogReader(keys).Take([.. conversation.KeyLog, (byte)'\n']);
        (Direction From, byte[] Bytes)[] said = [.. conversation.Said];
        Gen.Select(Gen.Int[0, said.Length - 1], Gen.Int[0, 4000], Gen.Byte[1, 255], Gen.Int[0, 3], Gen.Int[1, 300]).Array[1, 6].Sample(
            damages =>
        {
            var sink = new CarriedText();
            var talk = new Conversation(FramingRule.Auto, sink, new FramingContext { Keys = keys });
            for (int i = 0; i < said.Length; i++)
            {
                byte[] bytes = [.. said[i].Bytes];
                foreach ((int which, int at, byte flip, int way, int count) in damages)
                {
                    if (which != i || bytes.Length == 0) continue;
                    if (way == 0) talk.Skip(said[i].From, count);
                    else if (way == 1) bytes = [.. bytes[..(at % bytes.Length)],
                        .. bytes[Math.Min(bytes.Length, (at % bytes.Length) + count)..]];
                    else bytes[at % bytes.Length] ^= flip;
                }

                talk.Take(said[i].From, bytes);
            }

            foreach (Direction direction in (ReadOnlySpan<Direction>)[Direction.ToServer, Direction.ToClient])
                Assert.All(sink.Text(direction).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(line, sayable));
        }, iter: 300);
    }

    [Fact]
    public void Any_bytes_after_a_record_header_do_no_harm() =>
        Gen.Select(Gen.Byte[20, 25], Gen.Byte[0, 5], Gen.Byte.Array[0, 600], Gen.Int[1, 700]).Array[1, 12].Sample(records =>
        {
            var keys = new TlsKeys();
            new KeyLogReader(keys)
                .Take("CLIENT_TRAFFIC_SECRET_0 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899\n"u8);
            var sink = new CarriedText();
            var talk = new Conversation(FramingRule.Tls, sink, new FramingContext { Keys = keys });
            foreach ((byte type, byte version, byte[] bytes, int claimed) in records)
                talk.Take((Direction)(claimed % 2), [type, 3, version, (byte)(claimed >> 8), (byte)claimed, .. bytes]);
            talk.End(Direction.ToServer);
            talk.End(Direction.ToClient);
            Assert.Empty(sink.Bytes(Direction.ToServer));
        }, iter: 2000);

    [Fact]
    public void Any_hello_is_read_as_far_as_it_goes() => Gen.Byte.Array[0, 400].Sample(body =>
    {
        foreach (bool isClient in (ReadOnlySpan<bool>)[true, false])
        {
            var hello = Hello.Read(body, isClient);
            Assert.True(hello.Random.Length <= 32 && hello.ServerName.Length <= body.Length);
        }
    });

    [Fact]
    public void A_certificate_is_read_or_not_and_any_damage_does_no_harm()
    {
        using var key = RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=a.example, O=\"Ana, Inc.\"", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder();
        names.AddDnsName("a.example");
        names.AddIpAddress(System.Net.IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        var until = new DateTimeOffset(2055, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using var made = request.CreateSelfSigned(until.AddYears(-10), until);
        var read = CertificateReader.Read(made.RawData)!;
        Assert.Contains("CN=a.example", read.Subject, StringComparison.Ordinal);
        Assert.Contains("O=Ana, Inc.", read.Issuer, StringComparison.Ordinal);
        Assert.Equal((until.AddYears(-10), until), (read.NotBefore, read.NotAfter));
        Assert.Equal(["a.example", "::1"], read.Names);
        byte[] encoded = made.RawData;
        Gen.Select(Gen.Int[0, encoded.Length - 1], Gen.Byte, Gen.Int[0, encoded.Length]).Sample((at, value, length) =>
        {
            byte[] damaged = [.. encoded];
            damaged[at] = value;
            _ = CertificateReader.Read(damaged.AsSpan(0, length));
        });
    }
}
