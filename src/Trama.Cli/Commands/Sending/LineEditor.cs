using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trama.Cli.Commands.Sending;

/// <summary>A line being written, and those written before. It is given the bytes of the keyboard and does no I/O.</summary>
internal sealed class LineEditor
{
    private const int MostRemembered = 1000;
    private const byte Escape = 0x1b;

    private readonly List<Rune> _line = [];
    private readonly List<string> _history = [];
    private readonly ArrayBufferWriter<byte> _partial = new(16);
    private int _recalled;
    private string _unfinished = "";

    /// <summary>The text of the line.</summary>
    public string Text => string.Concat(_line);

    /// <summary>Where the next character goes, counted in characters.</summary>
    public int Cursor { get; private set; }

    /// <summary>Takes a byte from the keyboard: of UTF-8, a control key, or of an escape sequence.</summary>
    /// <param name="key">The byte.</param>
    /// <param name="line">The line that Enter completed.</param>
    public EditorStep Take(byte key, out string line)
    {
        line = "";
        if (_partial.WrittenCount == 0 && key < 0x80 && key != Escape) return TakeControl(key, out line);
        if (_partial.WrittenCount > 0 && _partial.WrittenSpan[0] != Escape && key is < 0x80 or > 0xbf)
        {
            // The character before was cut.
            _partial.ResetWrittenCount();
            return Take(key, out line);
        }

        _partial.Write([key]);
        ReadOnlySpan<byte> bytes = _partial.WrittenSpan;
        if (bytes[0] == Escape)
        {
            if (bytes.Length == 1 || (bytes.Length == 2 && key is (byte)'[' or (byte)'O')
                || (bytes.Length < 8 && key is (byte)';' or (>= (byte)'0' and <= (byte)'9')))
                return EditorStep.None;
            Move(bytes[1..]);
            _partial.ResetWrittenCount();
            return EditorStep.Changed;
        }

        OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out _);
        if (status == OperationStatus.NeedMoreData) return EditorStep.None;
        _partial.ResetWrittenCount();
        if (status == OperationStatus.Done && !Rune.IsControl(rune)) _line.Insert(Cursor++, rune);
        return EditorStep.Changed;
    }

    /// <summary>The part of the line that fits, a tab as one column, and how many columns of it are left of the cursor.</summary>
    /// <param name="columns">How many columns there are, 2 or more.</param>
    public (string Text, int Before) Visible(int columns)
    {
        int first = Cursor, before = 0;
        while (first > 0 && before + Width(_line[first - 1]) < columns) before += Width(_line[--first]);
        int last = first, width = 0;
        while (last < _line.Count && width + Width(_line[last]) < columns) width += Width(_line[last++]);
        return (string.Concat(_line[first..last]).Replace('\t', ' '), before);
    }

    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
            or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1faff)
                or (>= 0x20000 and <= 0x3fffd) ? 2 : 1,
    };

    private EditorStep TakeControl(byte key, out string line)
    {
        line = "";
        switch (key)
        {
            case (byte)'\r' or (byte)'\n':
                line = Text;
                if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line)) _history.Add(line);
                if (_history.Count > MostRemembered) _history.RemoveAt(0);
                Set("");
                _recalled = _history.Count;
                return EditorStep.Line;
            case 3: // Ctrl-C
                return EditorStep.Interrupt;
            case 4 when _line.Count == 0: // Ctrl-D
                return EditorStep.End;
            case 4:
                Remove(Cursor, Cursor + 1);
                break;
            case 1: // Ctrl-A
                Cursor = 0;
                break;
            case 5: // Ctrl-E
                Cursor = _line.Count;
                break;
            case 8 or 127: // Backspace
                Remove(Cursor - 1, Cursor);
                break;
            case 11: // Ctrl-K
                Remove(Cursor, _line.Count);
                break;
            case 21: // Ctrl-U
                Remove(0, Cursor);
                break;
            case 23: // Ctrl-W
                int start = Cursor;
                while (start > 0 && Rune.IsWhiteSpace(_line[start - 1])) start--;
                while (start > 0 && !Rune.IsWhiteSpace(_line[start - 1])) start--;
                Remove(start, Cursor);
                break;
            case >= 0x20 or (byte)'\t':
                _line.Insert(Cursor++, new Rune(key));
                break;
        }

        return EditorStep.Changed;
    }

    private void Move(ReadOnlySpan<byte> sequence)
    {
        if (sequence.SequenceEqual("[3~"u8)) Remove(Cursor, Cursor + 1);
        else if (sequence.SequenceEqual("[1~"u8) || sequence.SequenceEqual("[7~"u8)) Cursor = 0;
        else if (sequence.SequenceEqual("[4~"u8) || sequence.SequenceEqual("[8~"u8)) Cursor = _line.Count;
        else if (sequence is [(byte)'[' or (byte)'O', var key])
        {
            switch ((char)key)
            {
                case 'A': Recall(_recalled - 1); break;
                case 'B': Recall(_recalled + 1); break;
                case 'C': Cursor = Math.Min(Cursor + 1, _line.Count); break;
                case 'D': Cursor = Math.Max(Cursor - 1, 0); break;
                case 'H': Cursor = 0; break;
                case 'F': Cursor = _line.Count; break;
            }
        }
    }

    private void Recall(int index)
    {
        if (index < 0 || index > _history.Count) return;
        if (_recalled == _history.Count) _unfinished = Text;
        _recalled = index;
        Set(index == _history.Count ? _unfinished : _history[index]);
    }

    private void Set(string text)
    {
        _line.Clear();
        _line.AddRange(text.EnumerateRunes());
        Cursor = _line.Count;
    }

    private void Remove(int from, int to)
    {
        (from, to) = (Math.Max(from, 0), Math.Min(to, _line.Count));
        if (from < to) _line.RemoveRange(from, to - from);
        Cursor = Math.Min(from, _line.Count);
    }
}
