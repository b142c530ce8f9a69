using System.Buffers.Binary;

namespace Trama.Framing.Postgresql;

/// <summary>
/// Puts one direction's messages together (a type, a length that counts itself, a body), keeping the beginning of the body. A message that
/// lies in one piece is not copied.
/// </summary>
internal struct PostgresqlFrame
{
    /// <summary>The most bytes of a body that are looked at.</summary>
    public const int MaxKept = 2048;

    /// <summary>The longest message without a type (the server's own limit).</summary>
    public const int MaxStartup = 10_000;

    // The server's own limit of a message: PQ_LARGE_MESSAGE_LIMIT, one gigabyte.
    private const int MaxLength = 0x3fff_ffff;

    // So many bytes hold the first word of a statement, where its name is short.
    private const int MostWords = 24;

    private byte[]? _kept;
    private int _keptLength;
    private int _header;
    private uint _length;

    /// <summary>Whether a message has begun.</summary>
    public readonly bool HasBegun => _header > 0 || Left > 0;

    /// <summary>The bytes of the body that are still to come.</summary>
    public int Left { get; private set; }

    /// <summary>The message's type; 0 where it has none.</summary>
    public byte Type { get; private set; }

    /// <summary>Takes bytes up to the end of the message.</summary>
    /// <param name="speaker">Whose messages these are.</param>
    /// <param name="isTyped">Whether a message begins with a type.</param>
    /// <param name="bytes">The piece at hand.</param>
    /// <param name="at">Where the message goes on in it; afterwards the byte behind it, or the end of the piece, or the byte that does not
    /// fit.</param>
    /// <param name="body">The beginning of its body; valid until the next call.</param>
    /// <returns>Whether it is complete, goes on, or does not fit.</returns>
    public FrameStatus Take(Direction speaker, bool isTyped, ReadOnlySpan<byte> bytes, ref int at, out ReadOnlySpan<byte> body)
    {
        body = default;
        int headerLength = isTyped ? 5 : 4;
        // Nearly always the header lies in one piece.
        if (_header == 0 && isTyped && bytes.Length - at >= headerLength)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 1)..]);
            if (IsType(speaker, bytes[at]) && length is >= 4 and <= MaxLength)
            {
                (Type, _length, _keptLength, _header) = (bytes[at], length, 0, headerLength);
                Left = (int)length - 4;
                at += headerLength;
            }
        }

        while (_header < headerLength)
        {
            if (at == bytes.Length) return FrameStatus.NeedMore;
            byte value = bytes[at];
            if (_header == 0) (Type, _length, _keptLength) = (0, 0, 0);
            if (isTyped && _header == 0)
            {
                if (!IsType(speaker, value)) return FrameStatus.Unfit;
                Type = value;
            }
            else
            {
                _length = _length << 8 | value;
            }

            if (_header + 1 == headerLength && !(_length >= 4 && _length <= (isTyped ? MaxLength : MaxStartup))) return FrameStatus.Unfit;
            at++;
            if (++_header == headerLength) Left = (int)_length - 4;
        }

        int taken = Math.Min(Left, bytes.Length - at);
        ReadOnlySpan<byte> piece = bytes.Slice(at, taken);
        at += taken;
        Left -= taken;
        if (Left == 0 && _keptLength == 0) body = piece[..Math.Min(piece.Length, MaxKept)];
        else Keep(piece);
        if (Left > 0) return FrameStatus.NeedMore;
        if (body.IsEmpty) body = _kept.AsSpan(0, _keptLength);
        _header = 0;
        return FrameStatus.Complete;
    }

    /// <summary>Passes over missing bytes of the body; false when the message's end is among them, or beyond.</summary>
    public bool TryPass(int count)
    {
        if (count >= Left) return false;
        Left -= count;
        // What comes behind the hole is no beginning of a body any more.
        if (_keptLength < MaxKept) Keep("\0"u8);
        return true;
    }

    /// <summary>Forgets the message in progress.</summary>
    public void Clear() => (_header, Left, _keptLength) = (0, 0, 0);

    /// <summary>Whether bytes could be the beginning of a message.</summary>
    public static Likeness MayBegin(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        if (!IsType(speaker, bytes[0])) return Likeness.No;
        if (bytes.Length < 5) return bytes.Length < 2 || bytes[1] == 0 ? Likeness.Open : Likeness.No;
        if (!TryHeader(speaker, bytes, out int length)) return Likeness.No;
        return length > bytes.Length || IsBoundary(speaker, bytes) ? Likeness.Yes : Likeness.No;
    }

    /// <summary>
    /// Whether bytes, of which there may be more, begin with a statement, or with a Bind and what goes with it: nothing else looks like
    /// these.
    /// </summary>
    public static Likeness IsStatement(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        if (speaker != Direction.ToServer || bytes[0] is not ((byte)'Q' or (byte)'P' or (byte)'B')) return Likeness.No;
        if (bytes.Length < MostWords) return bytes.Length < 2 || bytes[1] == 0 ? Likeness.Open : Likeness.No;
        if (!TryHeader(speaker, bytes, out int length)) return Likeness.No;
        if (bytes[0] == 'B' && length < bytes.Length) return TryHeader(speaker, bytes[length..], out _) ? Likeness.Yes : Likeness.No;
        ReadOnlySpan<byte> text = bytes[5..];
        if (bytes[0] == 'P') text = text[(text.IndexOf((byte)0) + 1)..];
        return bytes[0] != 'B' && Sql.SqlText.IsStatement(text) ? Likeness.Yes : Likeness.No;
    }

    /// <summary>
    /// Whether bytes begin with messages that are valid for certain: two headers in a chain, or one that ends with the bytes.
    /// </summary>
    public static bool IsBoundary(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        if (!TryHeader(speaker, bytes, out int length) || length > bytes.Length) return false;
        if (!FitsBody(speaker, bytes[..length])) return false;
        return length == bytes.Length || TryHeader(speaker, bytes[length..], out _);
    }

    private static bool TryHeader(Direction speaker, ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 5 || !IsType(speaker, bytes[0])) return false;
        uint counted = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        if (counted is < 4 or > 0x0100_0000) return false;
        length = 1 + (int)counted;
        return true;
    }

    // What the most frequent messages must look like.
    private static bool FitsBody(Direction speaker, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> body = message[5..];
        return (speaker, message[0]) switch
        {
            (Direction.ToServer, (byte)'Q') => body is [.., 0],
            (Direction.ToServer, (byte)'S' or (byte)'H' or (byte)'X' or (byte)'c') => body.IsEmpty,
            (Direction.ToServer, (byte)'E') => body.Length >= 5 && body[..^4].IndexOf((byte)0) == body.Length - 5,
            (Direction.ToClient, (byte)'Z') => body is [(byte)'I' or (byte)'T' or (byte)'E'],
            (Direction.ToClient, (byte)'1' or (byte)'2' or (byte)'3' or (byte)'n' or (byte)'I' or (byte)'s' or (byte)'c') => body.IsEmpty,
            (Direction.ToClient, (byte)'C' or (byte)'E' or (byte)'N') => body is [.., 0],
            _ => body.Length >= 2,
        };
    }

    private static bool IsType(Direction speaker, byte type) =>
        (speaker == Direction.ToServer ? "BCDEFHPQSXcdfp"u8 : "123ACDEGHIKNRSTVWZcdnstv"u8).Contains(type);

    private void Keep(ReadOnlySpan<byte> piece)
    {
        piece = piece[..Math.Min(piece.Length, MaxKept - _keptLength)];
        int length = _keptLength + piece.Length;
        if (_kept is null || _kept.Length < length) Array.Resize(ref _kept, Math.Max(length, 256));
        piece.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength = length;
    }
}
