using System.Text;
using CsCheck;
using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tests.Tls;

public class KeyLogReaderTests
{
    private const string Random = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static readonly string Master = new('a', 96);
    private static readonly string Traffic = new('b', 64);

    [Fact]
    public void Secrets_of_one_connection_come_together()
    {
        TlsKeys keys = Read($"# made by a test\r\nCLIENT_HANDSHAKE_TRAFFIC_SECRET {Random} {Traffic}\n\nSERVER_TRAFFIC_SECRET_0 "
            + $"{Random.ToUpperInvariant()} {Traffic}\n", out KeyLogReader reader);
        Assert.Equal((1, 2L, 0L), (keys.Connections, reader.Secrets, reader.Malformed));
        Assert.True(keys.TryFind(ClientRandom.Of(Convert.FromHexString(Random)), out TlsSecrets? secrets));
        Assert.Equal(Convert.FromHexString(Traffic), secrets[SecretLabel.ClientHandshake]);
        Assert.Equal(Convert.FromHexString(Traffic), secrets[SecretLabel.ServerApplication]);
        Assert.Null(secrets[SecretLabel.ClientApplication]);
        Assert.False(secrets.IsComplete);
    }

    [Fact]
    public void A_master_secret_is_all_that_a_connection_needs()
    {
        TlsKeys keys = Read($"CLIENT_RANDOM {Random} {Master}", out _);
        Assert.True(keys.TryFind(ClientRandom.Of(Convert.FromHexString(Random)), out TlsSecrets? secrets));
        Assert.True(secrets.IsComplete);
    }

    [Fact]
    public void A_premaster_secret_is_found_by_what_the_client_encrypted()
    {
        TlsKeys keys = Read($"RSA 0102030405060708 {Master}\n", out _);
        Assert.True(keys.TryFindPremaster([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], out byte[]? premaster));
        Assert.Equal(Convert.FromHexString(Master), premaster);
        Assert.False(keys.TryFindPremaster([1, 2, 3, 4, 5, 6, 7], out _));
    }

    [Fact]
    public void Malformed_lines_are_counted_and_named_and_the_others_are_used()
    {
        TlsKeys keys = Read(
            $"CLIENT_RANDOM {Random} {Master}\n" +
            "this is no key log\n" +
            $"CLIENT_RANDOM {Random[2..]} {Master}\n" +
            $"CLIENT_RANDOM {Random} {Master[2..]}\n" +
            $"CLIENT_RANDOM {Random}\n" +
            $"CLIENT_RANDOM {Random} {Master[1..]}x\n" +
            $"client_random {Random} {Master}\n" +
            $"EXPORTER_SECRET {Random} {Traffic}\n" +
            new string('C', 2000) + "\n" +
            $"CLIENT_TRAFFIC_SECRET_0 {Random} {Traffic}\n",
            out KeyLogReader reader);
        Assert.Equal((1, 3L, 7L), (keys.Connections, reader.Secrets, reader.Malformed));
        Assert.Equal([2, 3, 4, 5, 6], reader.MalformedLines);
    }

    [Fact]
    public void Any_pieces_give_the_same_secrets() =>
        (from lines in Gen.Select(Gen.Const($"CLIENT_RANDOM {Random} {Master}"), Gen.String[Gen.Char["AR_ 09\r#"], 0, 30]).Array[0, 12]
         from size in Gen.Int[1, 300]
         from last in Gen.Bool
         select (Text: string.Join('\n', lines.Select((line, i) => i % 2 == 0 ? line.Item1 : line.Item2)) + (last ? "\n" : ""), size))
             .Sample(sample =>
        {
            Read(sample.Text, out KeyLogReader whole);
            var pieces = new KeyLogReader(new TlsKeys());
            foreach (byte[] piece in Encoding.UTF8.GetBytes(sample.Text).Chunk(sample.size)) pieces.Take(piece);
            pieces.Complete();
            Assert.Equal((whole.Secrets, whole.Malformed), (pieces.Secrets, pieces.Malformed));
            Assert.Equal(whole.MalformedLines, pieces.MalformedLines);
        });

    [Fact]
    public void Nothing_tells_a_secret() =>
        Assert.DoesNotContain("bbbb", Read($"CLIENT_TRAFFIC_SECRET_0 {Random} {Traffic}\n", out _).ToString(), StringComparison.Ordinal);

    private static TlsKeys Read(string text, out KeyLogReader reader)
    {
        var keys = new TlsKeys();
        reader = new KeyLogReader(keys);
        reader.Take(Encoding.UTF8.GetBytes(text));
        reader.Complete();
        return keys;
    }
}
