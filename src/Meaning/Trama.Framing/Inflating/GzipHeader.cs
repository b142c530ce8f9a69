namespace Trama.Framing.Inflating;

/// <summary>The header of gzip (RFC 1952 section 2.3), whose bytes come in pieces and which is passed over.</summary>
internal struct GzipHeader
{
    /// <summary>Its first byte.</summary>
    public const byte First = 0x1f;

    private const int FixedSize = 10;
    private const int FlagsAt = 3;

    private int _read;
    private int _extra;
    private Part _part;
    private byte _flags;

    private enum Part : byte
    {
        Fixed,
        ExtraLength,
        Extra,
        Name,
        Comment,
        Check,
        Over,
    }

    private static ReadOnlySpan<byte> Magic => [First, 0x8b, 8];

    /// <summary>Takes its next bytes.</summary>
    /// <returns><see cref="InflateStatus.Done"/> when it is over; what follows was not taken.</returns>
    public InflateStatus Take(ref ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            while (_part != Part.Over && !IsThere(_part)) Go(_part + 1);
            if (_part == Part.Over) return InflateStatus.Done;
            if (bytes.IsEmpty) return InflateStatus.NeedMore;
            byte value = bytes[0];
            bytes = bytes[1..];
            if (_part == Part.Fixed && _read < Magic.Length && value != Magic[_read]) return InflateStatus.Malformed;
            if (_part == Part.Fixed && _read == FlagsAt) _flags = value;
            if (_part == Part.ExtraLength) _extra |= value << (8 * _read);
            _read++;
            if (IsOver(value)) Go(_part + 1);
        }
    }

    private void Go(Part part) => (_part, _read) = (part, 0);

    private readonly bool IsThere(Part part) => part switch
    {
        Part.ExtraLength => (_flags & 4) != 0,
        Part.Extra => _extra > 0,
        Part.Name => (_flags & 8) != 0,
        Part.Comment => (_flags & 16) != 0,
        Part.Check => (_flags & 2) != 0,
        _ => true,
    };

    private readonly bool IsOver(byte last) => _part switch
    {
        Part.Fixed => _read == FixedSize,
        Part.Extra => _read == _extra,
        Part.Name or Part.Comment => last == 0,
        _ => _read == 2,
    };
}
