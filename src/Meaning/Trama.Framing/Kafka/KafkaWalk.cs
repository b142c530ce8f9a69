using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Trama.Framing.Kafka;

/// <summary>Walks over a message by its layout, piece by piece, and stops at what is of interest. It keeps no more than that.</summary>
internal struct KafkaWalk
{
    /// <summary>Of a topic's name so many bytes are kept; a broker takes 249.</summary>
    public const int MostOfTopic = 250;

    private const int MaxDepth = 8;
    private const int LongestVarint = 5;

    private enum TagPart : byte
    {
        Count,
        Tag,
        Length,
    }

    private KafkaLayout? _layout;
    private KeptBytes _kept;
    private Counts _counts;
    private int _depth;
    private int _at;
    private bool _inBody;
    private long _left;
    private ulong _number;
    private int _digits;
    private long _tags;
    private TagPart _tagPart;

    /// <summary>Whether nothing more can be told: the layout is not known, the bytes do not fit it, or some that matter are
    /// missing.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the last field was passed.</summary>
    public readonly bool IsOver => !IsBroken && _at >= _layout!.Fields.Length;

    /// <summary>The bytes of the field at which the walk stopped; of a topic as many as are kept. Valid until the next call.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _kept.Bytes;

    /// <summary>The number that the field is.</summary>
    public readonly int Number => Bytes.Length switch
    {
        2 => BinaryPrimitives.ReadInt16BigEndian(Bytes),
        4 => BinaryPrimitives.ReadInt32BigEndian(Bytes),
        _ => 0,
    };

    /// <summary>How many elements of the innermost array there are, with the one at hand.</summary>
    public readonly long Elements => _depth == 0 ? 0 : _counts[_depth - 1];

    /// <summary>Begins a message; without a layout it stays unknown.</summary>
    public void Begin(KafkaLayout? layout)
    {
        _layout = layout;
        IsBroken = layout is null;
        _kept = new KeptBytes(MostOfTopic);
        (_depth, _at, _inBody, _left, _number, _digits, _tags, _tagPart) = (0, 0, false, 0, 0, 0, 0, TagPart.Count);
    }

    /// <summary>Goes on to the next field of interest.</summary>
    /// <param name="bytes">The next bytes of the message; afterwards those behind the field.</param>
    /// <param name="meaning">What the field says.</param>
    /// <returns>False when the bytes are used up, or nothing more is to be told.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out KafkaMeaning meaning)
    {
        while (!IsBroken && _at < _layout!.Fields.Length)
        {
            ref readonly KafkaField field = ref _layout.Fields[_at];
            meaning = field.Meaning;
            if (!_inBody && !TryBegin(field, ref bytes)) return false;
            if (!_inBody) continue;
            ReadOnlySpan<byte> body = bytes[..(int)Math.Min(_left, bytes.Length)];
            if (meaning != KafkaMeaning.None) _kept.Add(body);
            bytes = bytes[body.Length..];
            _left -= body.Length;
            if (_left > 0) return false;
            _inBody = false;
            if (field.Kind != KafkaFieldKind.Tags || _tags == 0) Advance();
            if (meaning != KafkaMeaning.None) return true;
        }

        meaning = KafkaMeaning.None;
        return false;
    }

    /// <summary>Passes over bytes that nobody saw.</summary>
    public void Pass(int count)
    {
        if (IsBroken || _at >= _layout!.Fields.Length) return;
        IsBroken = !_inBody || count > _left || _layout.Fields[_at].Meaning != KafkaMeaning.None;
        _left -= count;
    }

    // Reads what stands before a field's own bytes; false when more is needed, or it does not fit.
    private bool TryBegin(in KafkaField field, ref ReadOnlySpan<byte> bytes)
    {
        switch (field.Kind)
        {
            case KafkaFieldKind.Fixed:
                Enter(field.Value);
                return true;
            case KafkaFieldKind.ShortString:
                return TryNumber(2, ref bytes, out long length) && TryEnter((short)length);
            case KafkaFieldKind.LongBytes:
                return TryNumber(4, ref bytes, out length) && TryEnter((int)length);
            case KafkaFieldKind.CompactBytes:
                return TryVarint(ref bytes, out length) && TryEnter(length - 1);
            case KafkaFieldKind.Array:
                return TryNumber(4, ref bytes, out length) && TryOpen(field, (int)length);
            case KafkaFieldKind.CompactArray:
                return TryVarint(ref bytes, out length) && TryOpen(field, length - 1);
            case KafkaFieldKind.ArrayEnd:
                bool isLast = field.Value == _at || --_counts[_depth - 1] == 0;
                if (isLast) _depth--;
                _at = isLast ? _at + 1 : field.Value;
                return true;
            default:
                return TryTags(ref bytes);
        }
    }

    // How many fields, then of each its tag, its length and its bytes.
    private bool TryTags(ref ReadOnlySpan<byte> bytes)
    {
        if (!TryVarint(ref bytes, out long value)) return false;
        switch (_tagPart)
        {
            case TagPart.Count:
                (_tags, _tagPart) = (value, TagPart.Tag);
                if (value == 0) Advance();
                break;
            case TagPart.Tag:
                _tagPart = TagPart.Length;
                break;
            default:
                (_tags, _tagPart) = (_tags - 1, TagPart.Tag);
                Enter(value);
                break;
        }

        return true;
    }

    private void Advance() => (_at, _tagPart) = (_at + 1, TagPart.Count);

    private void Enter(long length)
    {
        _kept.Clear();
        (_inBody, _left) = (true, length);
    }

    private bool TryEnter(long length)
    {
        IsBroken = length is < -1 or > int.MaxValue;
        Enter(Math.Max(0, length));
        return !IsBroken;
    }

    private bool TryOpen(in KafkaField field, long count)
    {
        IsBroken = _depth == MaxDepth || count is < -1 or > int.MaxValue;
        if (IsBroken) return false;
        _at = count > 0 ? _at + 1 : field.Value;
        if (count > 0) _counts[_depth++] = count;
        return true;
    }

    private bool TryNumber(int width, ref ReadOnlySpan<byte> bytes, out long value)
    {
        value = 0;
        while (_digits < width)
        {
            if (bytes.IsEmpty) return false;
            (_number, _digits) = (_number << 8 | bytes[0], _digits + 1);
            bytes = bytes[1..];
        }

        value = (long)_number;
        (_number, _digits) = (0, 0);
        return true;
    }

    private bool TryVarint(ref ReadOnlySpan<byte> bytes, out long value)
    {
        for (value = 0; !bytes.IsEmpty;)
        {
            byte part = bytes[0];
            bytes = bytes[1..];
            _number |= (ulong)(part & 0x7f) << (7 * _digits++);
            IsBroken = part >= 0x80 && _digits == LongestVarint;
            if (IsBroken) return false;
            if (part >= 0x80) continue;
            value = (long)_number;
            (_number, _digits) = (0, 0);
            return true;
        }

        return false;
    }

    [InlineArray(MaxDepth)]
    private struct Counts
    {
        private long _first;
    }
}
