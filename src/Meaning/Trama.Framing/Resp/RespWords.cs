namespace Trama.Framing.Resp;

/// <summary>Describes a value of the Redis protocol: a command by its first two words, a reply by its text or its size. A password is
/// never among them.</summary>
internal sealed class RespWords
{
    private const int MaxWord = 64;
    private ShortText _text;
    private ShortText _third;
    private int _left;

    /// <summary>The text so far.</summary>
    public ReadOnlySpan<byte> Text => _text.Bytes;

    /// <summary>The third word of a command, or the beginning of it.</summary>
    public ReadOnlySpan<byte> Third => _third.Bytes;

    /// <summary>Whether the outermost value is absent.</summary>
    public bool IsNil { get; private set; }

    /// <summary>Begins the description of another value.</summary>
    public void Clear()
    {
        IsNil = false;
        _text.Clear();
        _third.Clear();
    }

    /// <summary>A part of a simple value, in which the type byte is missing.</summary>
    public void Line(in RespValue value, ReadOnlySpan<byte> part)
    {
        if (value.Depth > 0) return;
        if (_text.IsEmpty) _text.Add([value.Outermost]);
        _text.Add(part.TrimEnd((byte)'\r'));
    }

    /// <summary>A string begins.</summary>
    public void BeginBulk(in RespValue value)
    {
        bool isWord = value.Depth == 1 && value.Index < 3 && !(value.Index == 1 && RespCommand.IsSecret(_text.Bytes));
        _left = value.Depth == 0 ? ShortText.Capacity : isWord ? MaxWord : 0;
        if (isWord && value.Index == 1) _text.Add(" "u8);
    }

    /// <summary>A part of a string.</summary>
    public void Bulk(in RespValue value, ReadOnlySpan<byte> part)
    {
        if (_left == 0) return;
        (value is { Depth: 1, Index: 2 } ? ref _third : ref _text).Add(part.Length > _left ? part[.._left] : part);
        _left -= Math.Min(_left, part.Length);
    }

    /// <summary>The rest of a string is missing.</summary>
    public void EndBulk() => _left = 0;

    /// <summary>A value that is absent.</summary>
    public void Null(in RespValue value)
    {
        if (value.Depth > 0) return;
        IsNil = true;
        _text.Add("nil"u8);
    }
}
