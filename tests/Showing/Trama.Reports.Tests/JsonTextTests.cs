using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using Trama.Framing;
using Trama.Reports.Json;

namespace Trama.Reports.Tests;

public class JsonTextTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int[0, 0x10ffff].Where(Rune.IsValid).Select(value => new Rune(value).ToString()),
        Gen.Char['\0', '\u00ff'].Select(character => character.ToString()),
        Gen.String[Gen.Char[' ', '~'], 0, 80]).Array[0, 12].Select(string.Concat);

    [Fact]
    public void Strings_are_those_of_the_runtimes_writer() => Text.Sample(text =>
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var json = new JsonText();
        json.AddString(utf8);
        Assert.Equal(Expected(utf8), json.Written.ToArray());
    });

    [Fact]
    public void Words_of_a_peer_are_visible_and_absent_without_any() => Gen.Byte.Array[0, 60].Sample(words =>
    {
        var json = new JsonText();
        json.AddVisible(",\"kind\":"u8, words);
        byte[] expected = words.Length == 0
            ? []
            : [.. ",\"kind\":"u8, .. Expected(VisibleText.IsPlain(words) ? words : Encoding.UTF8.GetBytes(VisibleText.Of(words)))];
        Assert.Equal(expected, json.Written.ToArray());
    });

    [Fact]
    public void Numbers_and_bytes_have_all_their_digits() =>
        Gen.Select(Gen.Long, Gen.Int[0, 63], Gen.Byte.Array[0, 300]).Sample((any, shift, bytes) =>
        {
            long number = any >> shift;
            var json = new JsonText();
            json.Add("\"n\":"u8, number);
            json.AddHex(bytes);
            string expected = "\"n\":" + number.ToString(CultureInfo.InvariantCulture) + Convert.ToHexStringLower(bytes);
            Assert.Equal(expected, Encoding.ASCII.GetString(json.Written));
        });

    [Fact]
    public void More_than_the_first_room_is_kept_in_order()
    {
        var json = new JsonText();
        var expected = new ArrayBufferWriter<byte>();
        for (int i = 0; i < 300; i++)
        {
            byte[] text = Encoding.ASCII.GetBytes(new string((char)('a' + i % 26), i * 7));
            json.AddString(text);
            expected.Write(Expected(text));
        }

        Assert.Equal(expected.WrittenSpan.ToArray(), json.Written.ToArray());
        json.Clear();
        Assert.Equal(0, json.Length);
    }

    private static byte[] Expected(byte[] utf8)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStringValue(utf8);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
