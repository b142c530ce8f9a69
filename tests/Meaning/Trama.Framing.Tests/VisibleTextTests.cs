using System.Buffers;
using System.Text;
using CsCheck;

namespace Trama.Framing.Tests;

public class VisibleTextTests
{
    [Theory]
    [InlineData("Olá, servidor! 🙂", "Olá, servidor! 🙂")]
    [InlineData("a\r\n\tb\0", "a\\r\\n\\tb\\0")]
    [InlineData("\u001b[31mred", "\\e[31mred")]
    [InlineData("\u009b31m", "\\u{9b}31m")]
    [InlineData("a\u202eb\u2028c\u200b", "a\\u{202e}b\\u{2028}c\\u{200b}")]
    [InlineData("\u007f\u0007", "\\u{7f}\\u{7}")]
    [InlineData("C:\\x1b", "C:\\\\x1b")]
    public void What_could_play_with_a_terminal_is_spelled_out(string text, string expected) =>
        Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void Written_and_told_it_is_the_same() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var written = new ArrayBufferWriter<byte>();
        VisibleText.Write(written, bytes);
        Assert.Equal(VisibleText.Of(bytes), Encoding.UTF8.GetString(written.WrittenSpan));
    });

    [Fact]
    public void Bytes_that_are_not_UTF8_keep_their_value() =>
        Assert.Equal("\\xff\\xc3(\\xe2\\x82", VisibleText.Of([0xff, 0xc3, (byte)'(', 0xe2, 0x82]));

    [Fact]
    public void No_bytes_give_a_control_character() =>
        Gen.Byte.Array.Sample(bytes => !VisibleText.Of(bytes).Any(char.IsControl));

    [Fact]
    public void Text_is_UTF8_with_no_control_character_but_tab_and_line_ends() =>
        Gen.Byte.Array[0, 8].Sample(bytes =>
        {
            bool expected;
            try
            {
                string text = new System.Text.UTF8Encoding(false, true).GetString(bytes);
                expected = !text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n'));
            }
            catch (ArgumentException)
            {
                expected = false;
            }

            return VisibleText.IsText(bytes) == expected;
        }, iter: 20_000);
}
