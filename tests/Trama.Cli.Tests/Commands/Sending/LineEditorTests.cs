using System.Text;
using CsCheck;
using Trama.Cli.Commands.Sending;

namespace Trama.Cli.Tests.Commands.Sending;

public class LineEditorTests
{
    private const string Left = "\e[D", Right = "\e[C", Up = "\e[A", Down = "\e[B", Delete = "\e[3~";

    // What a key does to a line, told in the simplest way: characters to the left and to the right of the cursor.
    private static readonly (string Keys, Func<string, string, (string Left, string Right)> Does)[] Keys =
    [
        ("a", (left, right) => (left + "a", right)),
        (" ", (left, right) => (left + " ", right)),
        ("é", (left, right) => (left + "é", right)),
        ("世", (left, right) => (left + "世", right)),
        ("🙂", (left, right) => (left + "🙂", right)),
        (Left, (left, right) => (Front(left), Last(left) + right)),
        (Right, (left, right) => (left + First(right), Rest(right))),
        ("\e[H", (left, right) => ("", left + right)),
        ("\eOH", (left, right) => ("", left + right)),
        ("\u0001", (left, right) => ("", left + right)),
        ("\e[F", (left, right) => (left + right, "")),
        ("\e[4~", (left, right) => (left + right, "")),
        ("\u0005", (left, right) => (left + right, "")),
        ("\u007f", (left, right) => (Front(left), right)),
        ("\b", (left, right) => (Front(left), right)),
        (Delete, (left, right) => (left, Rest(right))),
        ("\u000b", (left, _) => (left, "")),
        ("\u0015", (_, right) => ("", right)),
        ("\u0017", (left, right) => (left.TrimEnd(' ')[..(left.TrimEnd(' ').LastIndexOf(' ') + 1)], right)),
        ("\e[5~", (left, right) => (left, right)),
        ("\u000c", (left, right) => (left, right)),
    ];

    private readonly LineEditor _editor = new();

    [Fact]
    public void Every_key_does_what_the_simplest_model_does() => Gen.Int[0, Keys.Length - 1].Array[0, 60].Sample(choices =>
    {
        var editor = new LineEditor();
        (string left, string right) = ("", "");
        foreach ((string keys, Func<string, string, (string, string)> does) in choices.Select(choice => Keys[choice]))
        {
            (left, right) = does(left, right);
            Assert.DoesNotContain(EditorStep.Line, Type(editor, keys).Select(step => step.Step));
            Assert.Equal((left + right, left.EnumerateRunes().Count()), (editor.Text, editor.Cursor));
        }
    });

    [Fact]
    public void Any_bytes_leave_the_cursor_in_a_line_without_control_characters() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var editor = new LineEditor();
        foreach (byte key in bytes)
        {
            EditorStep step = editor.Take(key, out string line);
            Assert.True(step != EditorStep.Line || key is (byte)'\r' or (byte)'\n');
            Assert.All(line + editor.Text, character => Assert.True(character == '\t' || !char.IsControl(character)));
            Assert.InRange(editor.Cursor, 0, editor.Text.EnumerateRunes().Count());
        }
    });

    [Fact]
    public void What_is_shown_fits_and_has_the_cursor_in_it() => Gen.Select(Gen.Int[0, Keys.Length - 1].Array[0, 60], Gen.Int[2, 12])
        .Sample((choices, columns) =>
    {
        var editor = new LineEditor();
        foreach (int choice in choices) Type(editor, Keys[choice].Keys);
        (string text, int before) = editor.Visible(columns);
        int width = text.EnumerateRunes().Sum(rune => rune.Value is '世' or 0x1f642 ? 2 : 1);
        Assert.True(before <= width && width < columns, $"{width} columns, {before} before the cursor, of {columns}");
        Assert.Contains(text, editor.Text, StringComparison.Ordinal);
    });

    [Fact]
    public void Enter_completes_the_line_and_begins_an_empty_one()
    {
        Assert.Equal((EditorStep.Line, "olá"), Type(_editor, "olá\r")[^1]);
        Assert.Equal(("", 0), (_editor.Text, _editor.Cursor));
        Assert.Equal((EditorStep.Line, ""), Type(_editor, "\n")[^1]);
    }

    [Fact]
    public void Lines_are_recalled_and_the_one_being_written_is_not_lost()
    {
        Type(_editor, "first\rsecond\rsecond\r\rthird");
        Assert.Equal("second", After(Up));
        Assert.Equal("first", After(Up));
        Assert.Equal("first", After(Up));
        Assert.Equal("second", After(Down));
        Assert.Equal("third", After(Down));
        Assert.Equal("third", After(Down));
        Assert.Equal((EditorStep.Line, "first!"), Type(_editor, Up + Up + "!\r")[^1]);
        Assert.Equal("first!", After(Up));
    }

    [Fact]
    public void Only_so_many_lines_are_remembered()
    {
        for (int i = 0; i < 1100; i++) Type(_editor, $"{i}\r");
        for (int i = 0; i < 1100; i++) Type(_editor, Up);
        Assert.Equal("100", _editor.Text);
    }

    [Fact]
    public void Ctrl_D_deletes_within_a_line_and_ends_an_empty_one()
    {
        Type(_editor, "ab" + Left + Left);
        Assert.Equal(EditorStep.Changed, Type(_editor, "\u0004")[^1].Step);
        Assert.Equal("b", _editor.Text);
        Type(_editor, "\u0004");
        Assert.Equal(EditorStep.End, Type(_editor, "\u0004")[^1].Step);
        Assert.Equal(EditorStep.Interrupt, Type(_editor, "\u0003")[^1].Step);
    }

    [Fact]
    public void A_character_that_is_cut_is_left_out()
    {
        foreach (byte key in (byte[])[0xe4, 0xb8, (byte)'a', 0xff, 0xc3, 0xa9]) _editor.Take(key, out _);
        Assert.Equal("aé", _editor.Text);
    }

    [Fact]
    public void A_tab_takes_one_column()
    {
        Type(_editor, "a\tb");
        Assert.Equal("a\tb", _editor.Text);
        Assert.Equal(("a b", 3), _editor.Visible(10));
    }

    private static List<(EditorStep Step, string Line)> Type(LineEditor editor, string keys) =>
        [.. Encoding.UTF8.GetBytes(keys).Select(key => (editor.Take(key, out string line), line))];

    private static string Front(string text) => text[..^Last(text).Length];

    private static string Last(string text) => text.Length == 0 ? "" : text.EnumerateRunes().Last().ToString();

    private static string First(string text) => text.Length == 0 ? "" : text.EnumerateRunes().First().ToString();

    private static string Rest(string text) => text[First(text).Length..];

    private string After(string keys)
    {
        Type(_editor, keys);
        return _editor.Text;
    }
}
