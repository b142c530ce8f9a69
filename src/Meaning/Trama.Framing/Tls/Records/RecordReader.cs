using System.Buffers;

namespace Trama.Framing.Tls.Records;

/// <summary>
/// Cuts one direction into records. One that lies whole in the bytes given is not copied; of others, one is put together in a buffer,
/// which is returned with it. After missing bytes it looks for the next record that can be one.
/// </summary>
internal sealed class RecordReader
{
    private byte[]? _held;
    private int _from;
    private int _to;
    private int _guessed;
    private int _toSkip;

    /// <summary>Where in the stream the next record begins, as far as it is known.</summary>
    public long Position { get; private set; }

    /// <summary>Whether missing bytes hide where the next record begins.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether it stands inside a record.</summary>
    public bool IsInside => _to > _from || _toSkip > 0;

    /// <summary>Whether it keeps bytes after the record just accepted.</summary>
    public bool HasMore => !IsLost && _to > _from;

    private ReadOnlySpan<byte> Held => _held.AsSpan(_from, _to - _from);

    /// <summary>Looks for the next record.</summary>
    /// <param name="bytes">The next bytes of the stream; those taken are cut off.</param>
    /// <param name="record">The record; valid until the next call.</param>
    public RecordStatus Next(ref ReadOnlySpan<byte> bytes, out TlsRecord record)
    {
        if (_toSkip > 0) PassOver(ref bytes);
        record = default;
        if (IsLost) return Guess(ref bytes, out record);
        if (_to > _from)
        {
            Fill(ref bytes, RecordHeader.Length);
            if (Held.Length < RecordHeader.Length) return RecordStatus.NeedMore;
            if (!RecordHeader.TryParse(Held, out RecordHeader header)) return RecordStatus.Invalid;
            Fill(ref bytes, header.RecordLength);
            if (Held.Length < header.RecordLength) return RecordStatus.NeedMore;
            record = Take(Held, header);
            Drop(header.RecordLength);
            return RecordStatus.Record;
        }

        Free();
        if (bytes.IsEmpty) return RecordStatus.NeedMore;
        if (!RecordHeader.MayBegin(bytes)) return RecordStatus.Invalid;
        if (bytes.Length >= RecordHeader.Length && HeaderAt(bytes) is var direct && bytes.Length >= direct.RecordLength)
        {
            record = Take(bytes, direct);
            bytes = bytes[direct.RecordLength..];
            return RecordStatus.Record;
        }

        Fill(ref bytes, bytes.Length);
        return RecordStatus.NeedMore;
    }

    /// <summary>Passes over missing bytes.</summary>
    /// <returns>The header of the record that they are of, when they are of one whose end is known and that is lost so; else
    /// default.</returns>
    public RecordHeader Skip(long count)
    {
        RecordHeader header = default;
        if (!IsLost && Held.Length >= RecordHeader.Length && RecordHeader.TryParse(Held, out RecordHeader cut)
            && count <= cut.RecordLength - Held.Length)
        {
            header = cut;
            _toSkip = cut.RecordLength - Held.Length - (int)count;
            Position += cut.RecordLength - _toSkip;
            Drop(Held.Length);
            return header;
        }

        if (count <= _toSkip)
        {
            _toSkip -= (int)count;
            Position += count;
            return header;
        }

        Lose();
        Position += count;
        return header;
    }

    /// <summary>Nobody knows where the next record begins.</summary>
    public void Lose()
    {
        IsLost = true;
        Position += Held.Length;
        (_toSkip, _guessed) = (0, 0);
        Drop(Held.Length);
    }

    /// <summary>The record last guessed is one: what follows it is read as records.</summary>
    public void Accept()
    {
        IsLost = false;
        int length = HeaderAt(Held[_guessed..]).RecordLength;
        Position += _guessed + length;
        Drop(_guessed + length);
        _guessed = 0;
    }

    private static RecordHeader HeaderAt(ReadOnlySpan<byte> bytes) => RecordHeader.TryParse(bytes, out RecordHeader header)
        ? header : default;

    private RecordStatus Guess(ref ReadOnlySpan<byte> bytes, out TlsRecord record)
    {
        record = default;
        while (true)
        {
            while (_guessed < Held.Length && !RecordHeader.MayBegin(Held[_guessed..])) _guessed++;
            if (_guessed == Held.Length)
            {
                Pass(_guessed);
                if (bytes.IsEmpty) return RecordStatus.NeedMore;
            }

            ReadOnlySpan<byte> rest = Held[_guessed..];
            int end = rest.Length < RecordHeader.Length ? RecordHeader.Length : HeaderAt(rest).RecordLength;
            if (!bytes.IsEmpty && rest.Length < end + RecordHeader.Length)
            {
                Pass(_guessed);
                Fill(ref bytes, end + RecordHeader.Length);
                continue;
            }

            if (rest.Length < end) return RecordStatus.NeedMore;
            bool isChained = rest.Length > end;
            if (isChained && !RecordHeader.MayBegin(rest[end..]))
            {
                _guessed++;
                continue;
            }

            record = new TlsRecord
            {
                Header = HeaderAt(rest),
                Fragment = rest[RecordHeader.Length..end],
                Start = Position + _guessed,
                IsGuess = true,
                IsChained = rest.Length >= end + RecordHeader.Length,
            };
            return RecordStatus.Record;
        }
    }

    private TlsRecord Take(ReadOnlySpan<byte> bytes, RecordHeader header)
    {
        long start = Position;
        Position += header.RecordLength;
        return new TlsRecord { Header = header, Fragment = bytes[RecordHeader.Length..header.RecordLength], Start = start };
    }

    private void PassOver(ref ReadOnlySpan<byte> bytes)
    {
        int passed = Math.Min(_toSkip, bytes.Length);
        bytes = bytes[passed..];
        _toSkip -= passed;
        Position += passed;
    }

    // What is held and no record begins in.
    private void Pass(int count)
    {
        Drop(count);
        Position += count;
        _guessed = 0;
    }

    private void Fill(ref ReadOnlySpan<byte> bytes, int wanted)
    {
        int taken = Math.Min(Math.Max(wanted - Held.Length, 0), bytes.Length);
        if (taken == 0) return;
        if (_held is null || _to + taken > _held.Length) Move(Held.Length + taken);
        bytes[..taken].CopyTo(_held.AsSpan(_to));
        _to += taken;
        bytes = bytes[taken..];
    }

    // To the front of the buffer, or of a larger one.
    private void Move(int wanted)
    {
        int length = Held.Length;
        byte[]? old = _held;
        if (old is null || old.Length < wanted) _held = ArrayPool<byte>.Shared.Rent(wanted);
        old.AsSpan(_from, length).CopyTo(_held);
        if (old is not null && old != _held) ArrayPool<byte>.Shared.Return(old);
        (_from, _to) = (0, length);
    }

    private void Drop(int count) => _from += count;

    private void Free()
    {
        if (_held is not null) ArrayPool<byte>.Shared.Return(_held);
        (_held, _from, _to) = (null, 0, 0);
    }
}
