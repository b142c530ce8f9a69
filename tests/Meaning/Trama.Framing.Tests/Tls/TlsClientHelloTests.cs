using System.Net.Security;
using CsCheck;
using Trama.Framing.Tls;

namespace Trama.Framing.Tests.Tls;

public class TlsClientHelloTests
{
    [Theory]
    [InlineData("api.example.org", "h2", "http/1.1")]
    [InlineData("localhost")]
    public async Task Reads_whom_a_real_client_asks_for_and_what_it_offers(string host, params string[] protocols)
    {
        byte[] bytes = await HelloAsync(host, protocols);
        TlsClientHello? hello = TlsClientHello.Read(bytes);
        Assert.NotNull(hello);
        Assert.Equal(host, hello.ServerName);
        Assert.Equal(protocols, hello.Protocols);
        Assert.Equal(bytes.Length, TlsClientHello.LengthOf(bytes.AsSpan(0, 11)));
        for (int count = 0; count < bytes.Length; count++) Assert.Null(TlsClientHello.Read(bytes.AsSpan(0, count)));
    }

    [Fact]
    public async Task Reads_any_bytes_without_harm()
    {
        byte[] real = await HelloAsync("api.example.org", ["h2"]);
        Gen.Select(Gen.Int[0, real.Length - 1], Gen.Byte, Gen.Int[0, real.Length]).Sample((at, value, length) =>
        {
            byte[] changed = [.. real];
            changed[at] = value;
            _ = TlsClientHello.Read(changed.AsSpan(0, length));
        });
        Gen.Byte.Array[0, 200].Sample(bytes => _ = TlsClientHello.Read([22, 3, 1, .. bytes]));
    }

    private static async Task<byte[]> HelloAsync(string host, string[] protocols)
    {
        using var written = new WriteOnly();
        await using var client = new SslStream(written);
        await Assert.ThrowsAnyAsync<IOException>(() => client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols.Select(name => new SslApplicationProtocol(name))],
        }, TestContext.Current.CancellationToken));
        return written.ToArray();
    }

    // What is written is kept; nobody answers.
    private sealed class WriteOnly : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(0);
    }
}
