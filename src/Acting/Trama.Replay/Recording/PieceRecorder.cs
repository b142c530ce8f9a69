using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>Keeps the bytes of a connection as they came, where they turn out to be HTTP/2's.</summary>
internal sealed class PieceRecorder(RecordingRoom room)
{
    // What servers say before the client's first words is short.
    private const int MostUndecided = 64 << 10;

    private readonly List<RecordedPiece> _pieces = [];
    private readonly long[] _missing = new long[2];
    private int _depth = -1;
    private int _matched;
    private long _undecided;
    private bool _isOther;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n"u8;

    /// <summary>The pieces; none where it is another protocol.</summary>
    public IReadOnlyList<RecordedPiece> Pieces => _matched == Preface.Length ? _pieces : [];

    /// <summary>The next bytes of a side.</summary>
    /// <param name="from">Who sent them.</param>
    /// <param name="depth">The layer that carried them; -1 for the wire.</param>
    /// <param name="missing">How many bytes are missing before them.</param>
    /// <param name="atNs">When they came.</param>
    /// <param name="bytes">The bytes.</param>
    public void Take(Side from, int depth, long missing, long atNs, ReadOnlySpan<byte> bytes)
    {
        if (depth < _depth) return;
        if (depth > _depth) Begin(depth);
        if (_isOther) return;
        if (missing != 0) Miss(from, depth, missing);
        if (from == Side.Client && !Matches(bytes))
        {
            Forget();
            return;
        }

        if (_matched < Preface.Length && (_undecided += bytes.Length) > MostUndecided) Forget();
        else if (room.Keep(bytes) is { IsEmpty: false } kept) _pieces.Add(new(from, atNs, _missing[(int)from], kept));
        else return;
        _missing[(int)from] = 0;
    }

    /// <summary>Bytes of a side that the capture lacks.</summary>
    public void Miss(Side from, int depth, long count)
    {
        if (depth == _depth) _missing[(int)from] = count < 0 ? count : _missing[(int)from] + count;
    }

    private void Begin(int depth)
    {
        Forget();
        (_depth, _matched, _undecided, _isOther) = (depth, 0, 0, false);
        _missing.AsSpan().Clear();
    }

    private bool Matches(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Preface.Length - _matched);
        if (!bytes[..count].SequenceEqual(Preface.Slice(_matched, count))) return false;
        _matched += count;
        return true;
    }

    private void Forget()
    {
        foreach (RecordedPiece piece in _pieces) room.GiveBack(piece.Bytes.Length);
        _pieces.Clear();
        (_isOther, _matched) = (true, 0);
    }
}
