using System.Buffers;

namespace Trama.Framing;

/// <summary>
/// Puts lines together that arrive in pieces. A line that lies in one piece is not copied; of a line longer than
/// <see cref="MaxKept"/> only the beginning is kept, whole or in pieces alike.
/// </summary>
internal struct LineCollector
{
    /// <summary>The most bytes of a line that are looked at.</summary>
    public const int MaxKept = 2048;

    private byte[]? _kept;
    private bool _finished;

    /// <summary>The bytes of the line in progress that earlier pieces held.</summary>
    public int Length { get; private set; }

    /// <summary>Whether no line is in progress.</summary>
    public readonly bool IsEmpty => _finished || Length == 0;

    /// <summary>The beginning of the line in progress, without what <see cref="TryTake"/> has not been given yet.</summary>
    public readonly ReadOnlySpan<byte> Partial => _kept.AsSpan(0, Math.Min(Length, MaxKept));

    /// <summary>Takes bytes up to the end of the line.</summary>
    /// <param name="bytes">The piece at hand.</param>
    /// <param name="at">Where the line goes on in it; afterwards the first byte behind the LF, or the end of the piece.</param>
    /// <param name="line">The line without its line end, valid until the next call.</param>
    /// <param name="start">Where the line began, relative to <paramref name="bytes"/>; negative for an earlier piece.</param>
    /// <returns>Whether the line is complete.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at, out ReadOnlySpan<byte> line, out int start)
    {
        if (_finished) Release();
        start = at - Length;
        ReadOnlySpan<byte> rest = bytes[at..];
        int end = rest.IndexOf((byte)'\n');
        if (end >= 0 && Length == 0)
        {
            at += end + 1;
            line = WithoutReturn(rest[..end]);
            return true;
        }

        Keep(end < 0 ? rest : rest[..end]);
        at += end < 0 ? rest.Length : end + 1;
        line = end < 0 ? default : WithoutReturn(_kept.AsSpan(0, Math.Min(Length, MaxKept + 1)));
        _finished = end >= 0;
        return _finished;
    }

    // One byte more than is looked at is kept, so that the CR of a line of exactly the most bytes is known for what it is.
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int stored = Math.Min(Length, MaxKept + 1);
        ReadOnlySpan<byte> added = bytes[..Math.Min(bytes.Length, MaxKept + 1 - stored)];
        if (_kept is null || _kept.Length < stored + added.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(stored + added.Length, 128));
            _kept.AsSpan(0, stored).CopyTo(larger);
            if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
            _kept = larger;
        }

        added.CopyTo(_kept.AsSpan(stored));
        Length = (int)Math.Min((long)Length + bytes.Length, int.MaxValue / 2);
    }

    /// <summary>Forgets the line in progress.</summary>
    public void Release()
    {
        if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
        _kept = null;
        Length = 0;
        _finished = false;
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxKept + 1) line = line[..(MaxKept + 1)];
        if (!line.IsEmpty && line[^1] == '\r') line = line[..^1];
        return line.Length > MaxKept ? line[..MaxKept] : line;
    }
}
