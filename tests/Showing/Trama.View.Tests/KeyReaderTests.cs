using System.Text;
using CsCheck;
using Trama.View.Keyboard;

namespace Trama.View.Tests;

/// <summary>Keys out of the bytes of a terminal.</summary>
public class KeyReaderTests
{
    [Theory]
    [InlineData("jé世", "j é 世")]
    [InlineData("\r\u007f\u0003\u001a", "Enter Backspace ^c ^z")]
    [InlineData("\e[A\e[B\eOC\e[D\e[5~\e[6~\e[H\e[F\e[1~\e[4~", "Up Down Right Left PageUp PageDown Home End Home End")]
    [InlineData("\e[<0;12;7M\e[<0;12;7m\e[<64;1;1M\e[<65;1;1M\e[<2;3;4M", "Click@6 Up Down")]
    [InlineData("\e[1;5A\e[200~x\e[?1;2c", "Up x")]
    [InlineData("\ej", "Escape j")]
    [InlineData("\e\e[A", "Escape Up")]
    public void They_are_read(string typed, string expected)
    {
        var reader = new KeyReader();
        var keys = new List<Key>();
        reader.Take(Encoding.UTF8.GetBytes(typed), keys);
        Assert.False(reader.IsWaiting);
        Assert.Equal(expected, string.Join(' ', keys.Select(Shown)));
    }

    [Fact]
    public void Escape_alone_is_known_when_nothing_follows()
    {
        var reader = new KeyReader();
        var keys = new List<Key>();
        reader.Take("\e"u8, keys);
        Assert.True(reader.IsWaiting);
        Assert.Empty(keys);
        reader.Settle(keys);
        Assert.Equal(KeyKind.Escape, Assert.Single(keys).Kind);
    }

    [Fact]
    public void Any_bytes_cut_anywhere_give_the_same_keys()
    {
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 60]).Sample((bytes, at) =>
        {
            KeyReader whole = new(), parts = new();
            List<Key> keys = [], again = [];
            whole.Take(bytes, keys);
            int cut = Math.Min(at, bytes.Length);
            parts.Take(bytes.AsSpan(0, cut), again);
            parts.Take(bytes.AsSpan(cut), again);
            Assert.Equal(keys, again);
            whole.Settle(keys);
            Assert.False(whole.IsWaiting);
        });
    }

    private static string Shown(Key key) => key.Kind switch
    {
        KeyKind.Character => key.Character.ToString(),
        KeyKind.Control => $"^{key.Character}",
        KeyKind.Click => $"Click@{key.Row}",
        _ => key.Kind.ToString(),
    };
}
