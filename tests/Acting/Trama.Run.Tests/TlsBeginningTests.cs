using CsCheck;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

public class TlsBeginningTests
{
    // A record with the header of a ClientHello of 508 bytes.
    private static readonly byte[] Hello = [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3, 9, 9, 9];

    [Fact]
    public void A_hello_begins_TLS_at_once_and_later()
    {
        Assert.True(TlsBeginning.Is(Hello, isFirst: true));
        Assert.True(TlsBeginning.Is(Hello, isFirst: false));
    }

    [Theory]
    [InlineData(0, 23)] // A record of data.
    [InlineData(1, 2)] // No version of TLS.
    [InlineData(5, 2)] // What the server says.
    [InlineData(6, 1)] // A message that is longer than its record may be: allowed, it goes on in the next.
    [InlineData(8, 3)] // One that ends within its record.
    public void What_only_looks_like_one_does_not(int at, byte value)
    {
        byte[] bytes = [.. Hello];
        bytes[at] = value;
        Assert.Equal(at == 6, TlsBeginning.Is(bytes, isFirst: false));
    }

    [Fact]
    public void Any_bytes_do_or_do_not() => Gen.Byte.Array[0, 20].Sample(bytes =>
    {
        _ = TlsBeginning.Is(bytes, isFirst: false);
    });
}
