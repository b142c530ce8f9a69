namespace Trama.Framing.Resp;

/// <summary>Finds the end of one value of the Redis protocol, versions 2 and 3, given in pieces.</summary>
internal struct RespValue
{
    private const int MaxDepth = 32;
    private const int LineEnd = 2;
    private const long MaxLength = uint.MaxValue;

    private enum State : byte
    {
        Type,
        Line,
        Number,
        NumberEnd,
        Bulk,
    }

    private State _state;
    private byte _type;
    private bool _negative;
    private int _digits;
    private long _number;
    private long _left;
    private byte _last;
    private long[]? _open;

    /// <summary>How many aggregates contain the value at hand.</summary>
    public int Depth { get; private set; }

    /// <summary>Which value of its aggregate is at hand, from 0, at depth 1.</summary>
    public int Index { get; private set; }

    /// <summary>The type byte of the outermost value.</summary>
    public byte Outermost { get; private set; }

    /// <summary>The elements of the outermost aggregate.</summary>
    public long Count { get; private set; }

    /// <summary>Takes bytes of the value.</summary>
    /// <param name="bytes">The piece at hand.</param>
    /// <param name="at">Where it goes on; afterwards behind the value, at the end of the piece, or at the byte that does not fit.</param>
    /// <param name="words">Hears of the text of simple values and strings.</param>
    /// <param name="fault">Why a byte does not fit.</param>
    /// <returns>Whether the value is complete.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at, RespWords words, out FramingFault fault)
    {
        fault = FramingFault.None;
        while (at < bytes.Length)
        {
            bool ended = false;
            switch (_state)
            {
                case State.Type:
                    fault = Begin(bytes[at]);
                    if (fault != FramingFault.None) break;
                    if (_state == State.Number && TryNumber(bytes[at..], out int length))
                    {
                        fault = EndNumber(words, out ended);
                        at += length - 1;
                        break;
                    }

                    // The text of a simple value nearly always follows in the same piece.
                    if (_state != State.Line || at + 1 == bytes.Length) break;
                    at++;
                    goto case State.Line;
                case State.Line:
                    ReadOnlySpan<byte> rest = bytes[at..];
                    int end = rest.IndexOf((byte)'\n');
                    ReadOnlySpan<byte> part = end < 0 ? rest : rest[..end];
                    words.Line(this, part);
                    at += part.Length;
                    if (!part.IsEmpty) _last = part[^1];
                    if (end < 0) return false;
                    if (_last != '\r') fault = FramingFault.MissingLineEnd;
                    ended = true;
                    break;
                case State.Number:
                    fault = Digit(bytes[at]);
                    break;
                case State.NumberEnd:
                    fault = bytes[at] == '\n' ? EndNumber(words, out ended) : FramingFault.MissingLineEnd;
                    break;
                default:
                    fault = TakeBulk(bytes, ref at, words);
                    ended = _left == 0;
                    break;
            }

            if (fault != FramingFault.None) return false;
            at++;
            if (ended && Close()) return true;
        }

        return false;
    }

    /// <summary>Passes over missing bytes, which only the inside of a string may have.</summary>
    /// <param name="count">How many are missing; afterwards how many of them belong to the value.</param>
    /// <param name="words">Hears no more of the string.</param>
    /// <param name="ended">Whether the value ends with them.</param>
    public bool TryPass(ref int count, RespWords words, out bool ended)
    {
        ended = false;
        if (_state != State.Bulk) return false;
        words.EndBulk();
        count = (int)Math.Min(count, _left);
        _left -= count;
        ended = _left == 0 && Close();
        return true;
    }

    /// <summary>Whether bytes are recognisably the beginning of a value: its type, and a length where the type has one.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        (byte)'+' or (byte)'-' or (byte)':' or (byte)',' or (byte)'#' or (byte)'(' or (byte)'_' => true,
        (byte)'$' or (byte)'!' or (byte)'=' or (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|' =>
            bytes.Length == 1 || bytes[1] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'),
        _ => false,
    };

    // Takes what is there of a string and the line end behind it; stops at its last byte, or at the one that does not fit.
    private FramingFault TakeBulk(ReadOnlySpan<byte> bytes, ref int at, RespWords words)
    {
        ReadOnlySpan<byte> taken = bytes.Slice(at, (int)Math.Min(_left, bytes.Length - at));
        int text = (int)Math.Clamp(_left - LineEnd, 0, taken.Length);
        if (text > 0) words.Bulk(this, taken[..text]);
        for (int i = text; i < taken.Length; i++)
        {
            if (taken[i] == (_left - i == LineEnd ? '\r' : '\n')) continue;
            at += i;
            return FramingFault.MissingLineEnd;
        }

        at += taken.Length - 1;
        _left -= taken.Length;
        return FramingFault.None;
    }

    private FramingFault Begin(byte type)
    {
        _type = type;
        if (Depth == 0) (Outermost, Count, Index) = (type, 0, 0);
        switch (type)
        {
            case (byte)'+' or (byte)'-' or (byte)':' or (byte)',' or (byte)'#' or (byte)'(' or (byte)'_':
                (_state, _last) = (State.Line, 0);
                return FramingFault.None;
            case (byte)'$' or (byte)'!' or (byte)'=' or (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|':
                (_state, _negative, _digits, _number) = (State.Number, false, 0, 0);
                return FramingFault.None;
            default:
                return FramingFault.BadType;
        }
    }

    // A type with its number, whole in one piece, as nearly all are; else they are read byte by byte.
    private bool TryNumber(ReadOnlySpan<byte> bytes, out int length)
    {
        const int MaxDigits = 9;
        int at = 1, number = 0;
        while (at < bytes.Length && at <= MaxDigits && char.IsAsciiDigit((char)bytes[at])) number = number * 10 + bytes[at++] - '0';
        length = at + 2;
        if (at == 1 || length > bytes.Length || bytes[at] != '\r' || bytes[at + 1] != '\n') return false;
        _number = number;
        return true;
    }

    private FramingFault Digit(byte digit)
    {
        if (digit == '-' && _digits == 0 && !_negative)
        {
            _negative = true;
        }
        else if (digit == '\r' && _digits > 0)
        {
            _state = State.NumberEnd;
        }
        else
        {
            if (digit is < (byte)'0' or > (byte)'9') return FramingFault.BadLength;
            _number = _number * 10 + digit - '0';
            _digits++;
            if (_number > MaxLength || (_negative && _number != 1)) return FramingFault.BadLength;
        }

        return FramingFault.None;
    }

    private FramingFault EndNumber(RespWords words, out bool ended)
    {
        ended = false;
        if (_type is (byte)'$' or (byte)'!' or (byte)'=')
        {
            if (_negative)
            {
                words.Null(this);
                ended = true;
                return FramingFault.None;
            }

            (_state, _left) = (State.Bulk, _number + LineEnd);
            words.BeginBulk(this);
            return FramingFault.None;
        }

        long elements = _negative ? 0 : _type is (byte)'%' or (byte)'|' ? _number * 2 : _number;
        if (Depth == 0) Count = elements;
        // An attribute comes before the value it belongs to, and counts as none.
        if (_type == '|') elements++;
        if (_negative) words.Null(this);
        ended = elements == 0;
        if (ended) return FramingFault.None;
        if (Depth == MaxDepth) return FramingFault.TooDeep;
        _open ??= new long[MaxDepth];
        _open[Depth++] = elements;
        _state = State.Type;
        return FramingFault.None;
    }

    // A value is over; so are the aggregates of which it was the last.
    private bool Close()
    {
        _state = State.Type;
        while (Depth > 0)
        {
            if (Depth == 1) Index++;
            if (--_open![Depth - 1] > 0) return false;
            Depth--;
        }

        return true;
    }
}
