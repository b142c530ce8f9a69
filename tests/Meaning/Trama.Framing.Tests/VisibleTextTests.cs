using System.Buffers;
using System.Text;
using CsCheck;

namespace Trama.Framing.Tests;

public class VisibleTextTests
{
    [Theory]
    [InlineData("Olá, servidor! 🙂", "Olá, servidor! 🙂")]
    [InlineData("a\r\n\tb\0", "a\\r\\n\\tb\\x00")]
    [InlineData("\u001b[31mred", "\\x1b[31mred")]
    [InlineData("\u009b31m", "\\u{9b}31m")]
    [InlineData("a\u202eb\u2028c\u200b", "a\\u{202e}b\\u{2028}c\\u{200b}")]
    [InlineData("\u007f\u0007", "\\x7f\\x07")]
    [InlineData("C:\\x1b", "C:\\\\x1b")]
    public void What_could_play_with_a_terminal_is_spelled_out(string text, string expected) =>
        Assert.Equal(expected, VisibleText.Of(text));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", false)]
    [InlineData("Olá, 世界 🙂\t\u0301", false)]
    [InlineData("Q\0\0\0\u0015SELECT 1 + 1;\0", true)]
    [InlineData("ab\0\0\0cdefghij", false)]
    [InlineData("\u0016\u0003\u0001", true)]
    [InlineData("", false)]
    public void What_is_mostly_numbers_is_no_text(string text, bool expected) =>
        Assert.Equal(expected, VisibleText.IsBinary(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_character_that_is_cut_in_two_makes_no_binary() =>
        Assert.False(VisibleText.IsBinary(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("世", 100)))));

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
