using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Trama.View.Keyboard;

/// <summary>Reads keys out of the bytes of a terminal: UTF-8, control characters, the sequences of ECMA-48 and those of the mouse (SGR
/// 1006). What it does not know is passed over.</summary>
public sealed class KeyReader
{
    private const byte EscapeByte = 0x1b;
    private const int LongestSequence = 32;

    private readonly byte[] _partial = new byte[LongestSequence];
    private int _length;

    /// <summary>Whether a sequence has begun that may be the Esc key alone.</summary>
    public bool IsWaiting => _length > 0;

    /// <summary>Takes bytes and adds the keys that they complete.</summary>
    public void Take(ReadOnlySpan<byte> bytes, ICollection<Key> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (byte value in bytes) Take(value, keys);
    }

    /// <summary>Nothing followed: what has begun was the Esc key.</summary>
    public void Settle(ICollection<Key> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (_length > 0 && _partial[0] == EscapeByte) keys.Add(new Key(KeyKind.Escape));
        _length = 0;
    }

    private void Take(byte value, ICollection<Key> keys)
    {
        if (_length == 0 && value < 0x80 && value != EscapeByte)
        {
            keys.Add(Single(value));
            return;
        }

        bool isEscape = _length > 0 && _partial[0] == EscapeByte;
        if (_length == LongestSequence || (value == EscapeByte && _length > 0) || (_length > 0 && !isEscape && value is < 0x80 or > 0xbf))
        {
            // The one before was cut.
            Settle(keys);
            Take(value, keys);
            return;
        }

        _partial[_length++] = value;
        if (_partial[0] == EscapeByte) TakeSequence(value, keys);
        else TakeCharacter(keys);
    }

    private void TakeCharacter(ICollection<Key> keys)
    {
        OperationStatus status = Rune.DecodeFromUtf8(_partial.AsSpan(0, _length), out Rune rune, out _);
        if (status == OperationStatus.NeedMoreData) return;
        _length = 0;
        if (status == OperationStatus.Done) keys.Add(new Key(KeyKind.Character, rune));
    }

    private void TakeSequence(byte value, ICollection<Key> keys)
    {
        if (_length == 1 || (_length == 2 && value is (byte)'[' or (byte)'O')) return;
        if (_length == 2)
        {
            // Alt with a key, or Esc and soon after it another one.
            Settle(keys);
            Take(value, keys);
            return;
        }

        if (value is < 0x40 or > 0x7e) return;
        ReadOnlySpan<byte> rest = _partial.AsSpan(2, _length - 3);
        _length = 0;
        if (Named(rest, (char)value) is { } kind) keys.Add(new Key(kind));
        else if (rest is [(byte)'<', ..] && value is (byte)'M') Mouse(rest[1..], keys);
    }

    private static KeyKind? Named(ReadOnlySpan<byte> parameters, char final)
    {
        if (final == '~')
        {
            return Utf8Parser.TryParse(parameters, out int number, out _) ? number switch
            {
                1 or 7 => KeyKind.Home,
                4 or 8 => KeyKind.End,
                5 => KeyKind.PageUp,
                6 => KeyKind.PageDown,
                _ => null,
            } : null;
        }

        return final switch
        {
            'A' => KeyKind.Up,
            'B' => KeyKind.Down,
            'C' => KeyKind.Right,
            'D' => KeyKind.Left,
            'H' => KeyKind.Home,
            'F' => KeyKind.End,
            _ => null,
        };
    }

    // Button, column and row, both from 1: "0;12;7".
    private static void Mouse(ReadOnlySpan<byte> parameters, ICollection<Key> keys)
    {
        if (!Utf8Parser.TryParse(parameters, out int button, out _)) return;
        int last = parameters.LastIndexOf((byte)';');
        if (!Utf8Parser.TryParse(parameters[(last + 1)..], out int row, out _) || row < 1) return;
        KeyKind? kind = button switch { 0 => KeyKind.Click, 64 => KeyKind.Up, 65 => KeyKind.Down, _ => null };
        if (kind is { } known) keys.Add(new Key(known, Row: row - 1));
    }

    private static Key Single(byte value) => value switch
    {
        (byte)'\r' or (byte)'\n' => new Key(KeyKind.Enter),
        8 or 127 => new Key(KeyKind.Backspace),
        < 0x20 => new Key(KeyKind.Control, new Rune((char)(value | 0x60))),
        _ => new Key(KeyKind.Character, new Rune((char)value)),
    };
}
