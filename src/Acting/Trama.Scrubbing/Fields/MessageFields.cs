using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Fields;

/// <summary>A message, as it was, whose fields are noted. Of a field that the message ends within, what is there is noted.</summary>
internal readonly ref struct MessageFields
{
    private readonly int _at;
    private readonly NotedFields _noted;
    private readonly ReadOnlySpan<int> _places;

    /// <summary>A message as it is in its stream.</summary>
    public MessageFields(ReadOnlySpan<byte> bytes, int at, bool isReply, NotedFields noted) : this(bytes, at, isReply, noted, default)
    {
    }

    private MessageFields(ReadOnlySpan<byte> bytes, int at, bool isReply, NotedFields noted, ReadOnlySpan<int> places)
    {
        Bytes = bytes;
        IsReply = isReply;
        _at = at;
        _noted = noted;
        _places = places;
    }

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Whether the server says it.</summary>
    public bool IsReply { get; }

    /// <summary>A part of it, whose fields are told from its own beginning.</summary>
    public MessageFields Part(int from, int length)
    {
        (from, length) = Clip(from, length);
        return _places.IsEmpty ? new(Bytes.Slice(from, length), _at + from, IsReply, _noted)
            : new(Bytes.Slice(from, length), _at, IsReply, _noted, _places.Slice(from, length));
    }

    /// <summary>Parts of it as if they followed one another, as what packets carry that have headers between.</summary>
    public MessageFields Joined(IReadOnlyList<(int From, int Length)> parts)
    {
        if (parts is [var (start, count)]) return Part(start, count);
        List<byte> bytes = [];
        List<int> places = [];
        foreach ((int from, int length) in parts)
        {
            for (int at = from; at < Math.Min(from + length, Bytes.Length); at++)
            {
                bytes.Add(Bytes[at]);
                places.Add(_places.IsEmpty ? at : _places[at]);
            }
        }

        return new(bytes.ToArray(), _at, IsReply, _noted, places.ToArray());
    }

    /// <summary>Notes that bytes stay: they are structure, whatever they look like.</summary>
    public void Keep(int from, int length) => Note(from, length, static _ => { });

    /// <summary>Notes what proves who somebody is: nothing of it stays, nor of which kind its bytes are.</summary>
    public void Secret(int from, int length) => Note(from, length, _noted.StandIns.Secret);

    /// <summary>Notes a secret in UTF-16 whose bytes are turned and mixed, as TDS has its passwords.</summary>
    public void MixedSecret(int from, int length) => Note(from, length, _noted.StandIns.MixedSecret);

    /// <summary>Notes a name in UTF-16.</summary>
    public void WideName(int from, int length) => Note(from, length, _noted.StandIns.WideName);

    /// <summary>Notes what a mechanism of SASL says.</summary>
    public void Sasl(int from, int length) => Note(from, length, _noted.StandIns.Sasl);

    /// <summary>Notes an address of IP, of four or sixteen bytes; of another length it is none.</summary>
    public void Address(int from, int length)
    {
        if (length is 4 or 16 && from >= 0 && from + length <= Bytes.Length) Note(from, length, _noted.StandIns.Address);
    }

    /// <summary>Notes the first bits of an address, in as many bytes as they need.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="bits">How many bits count.</param>
    /// <param name="size">How many bytes all of the address has.</param>
    public void Prefix(int from, int bits, int size)
    {
        FieldStandIns standIns = _noted.StandIns;
        Note(from, Math.Min((bits + 7) / 8, size), prefix => standIns.Prefix(prefix, bits, size));
    }

    /// <summary>Notes bytes that are no structure, nor a text.</summary>
    public void Opaque(int from, int length) => Note(from, length, _noted.StandIns.Opaque);

    /// <summary>Notes a value that is its user's own; a text is left to what is done with texts.</summary>
    public void Value(int from, int length)
    {
        (from, length) = Clip(from, length);
        byte[] value = Bytes.Slice(from, length).ToArray();
        if (_noted.StandIns.TryValue(value)) Add(from, value);
    }

    /// <summary>Notes the address of a device.</summary>
    public void Hardware(int from, int length) => Note(from, length, _noted.StandIns.Hardware);

    /// <summary>Notes digits, or one letter, that stand for a part of an address.</summary>
    public void Digits(int from, int length) => Note(from, length, _noted.StandIns.Digits);

    private void Note(int from, int length, SpanChange change)
    {
        (from, length) = Clip(from, length);
        if (length == 0) return;
        byte[] field = Bytes.Slice(from, length).ToArray();
        change(field);
        Add(from, field);
    }

    private void Add(int from, byte[] field)
    {
        if (_places.IsEmpty)
        {
            _noted.Add(_at + from, field);
            return;
        }

        for (int at = 0; at < field.Length; at++) _noted.Add(_at + _places[from + at], [field[at]]);
    }

    private (int From, int Length) Clip(int from, int length)
    {
        from = Math.Clamp(from, 0, Bytes.Length);
        return (from, Math.Clamp(length, 0, Bytes.Length - from));
    }
}
