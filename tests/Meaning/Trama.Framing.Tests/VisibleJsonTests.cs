using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;

namespace Trama.Framing.Tests;

public class VisibleJsonTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("{\"text\":\"Olá 世界 🙂\"}", "{\"text\":\"Olá 世界 🙂\"}")]
    [InlineData("\"a\u202eb\u2066c\u200bd\u2028e\"", "\"a\\u202eb\\u2066c\\u200bd\\u2028e\"")]
    [InlineData("\"\U000e0041\"", "\"\\udb40\\udc41\"")]
    public void What_hides_or_reorders_text_is_escaped(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(VisibleJson.Of(Encoding.UTF8.GetBytes(json), new ArrayBufferWriter<byte>())));

    [Fact]
    public void It_reads_back_as_the_same_text() => Gen.Char[' ', '\ud7ff'].Array[0, 50].Sample(letters =>
    {
        string text = new(letters);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(text, Relaxed);
        ReadOnlySpan<byte> shown = VisibleJson.Of(json, new ArrayBufferWriter<byte>());
        Assert.Equal(text, JsonSerializer.Deserialize<string>(shown));
        Assert.DoesNotContain(Encoding.UTF8.GetString(shown), letter => char.GetUnicodeCategory(letter) == UnicodeCategory.Format);
    });
}
