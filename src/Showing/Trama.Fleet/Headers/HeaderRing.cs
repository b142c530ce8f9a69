using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Rows.Journals;

namespace Trama.Fleet.Headers;

/// <summary>
/// Keeps the headers of the latest packets, without a byte of what the programs said: enough to draw and to judge a connection afterwards.
/// Beyond its limit the oldest file goes.
/// </summary>
public sealed class HeaderRing : IDisposable
{
    /// <summary>How many bytes of a payload can be kept.</summary>
    public const int MostPayloadHead = 256;

    private const int Slices = 32;
    private const long MinSliceBytes = 1 << 20;
    private const long MaxSliceBytes = 64 << 20;

    // Spreads neighbouring numbers.
    private const int OddFactor = unchecked((int)0x9e37_79b1);

    private readonly StoreFolder _folder;
    private readonly long _limit, _sliceBytes;
    private readonly bool _hashes;
    private readonly int _payloadHead;
    private readonly HeaderCut _cut = new();
    private readonly Lock _lock = new();
    private readonly Queue<(string Path, long Bytes)> _before;
    private HeaderBlock _filling = new(), _full = new();
    private FrameFile? _slice;
    private long _number, _bytes;

    /// <summary>Goes on with what is there.</summary>
    /// <param name="folder">The store, which this process has taken.</param>
    /// <param name="limit">How many bytes it keeps at most; 0 keeps nothing.</param>
    /// <param name="hashes">Whether payloads' hashes are kept, too.</param>
    /// <param name="payloadHead">How many bytes of each payload are kept, <see cref="MostPayloadHead"/> at most.</param>
    public HeaderRing(StoreFolder folder, long limit, bool hashes = true, int payloadHead = 0)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _limit, _hashes, _payloadHead) = (folder, limit, hashes, payloadHead);
        _sliceBytes = Math.Clamp(limit / Slices, MinSliceBytes, MaxSliceBytes);
        HeaderSlice[] there = HeaderSlice.In(folder.Headers);
        _before = new Queue<(string, long)>(there.Select(slice => (slice.Path, new FileInfo(slice.Path).Length)));
        _bytes = _before.Sum(slice => slice.Bytes);
        _number = there.Length == 0 ? 0 : there[^1].Number;
    }

    /// <summary>How many packets were kept.</summary>
    public long Packets { get; private set; }

    /// <summary>How many packets were lost, since their headers could not be written.</summary>
    public long Lost { get; private set; }

    /// <summary>Of so many connections the headers of one are kept; 1 for all.</summary>
    public int Share { get; set; } = 1;

    /// <summary>How many packets were left out on purpose.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How many bytes were written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Keeps a packet's headers, if it has to do with TCP.</summary>
    public void Add(in Record record)
    {
        if (_limit == 0) return;
        int headers = _cut.LengthOf(record, out int connection, out int flow, out ReadOnlySpan<byte> payload);
        int length = Math.Min(headers, HeaderBlock.MaxHeader);
        if (length == 0) return;
        if (Share > 1 && (unchecked((uint)(connection * OddFactor)) >> 16) % (uint)Share != 0)
        {
            LeftOut++;
            return;
        }

        length = Math.Min(Math.Min(length + Math.Min(payload.Length, _payloadHead), HeaderBlock.MaxHeader), record.Bytes.Length);
        PayloadNote note = payload.IsEmpty ? default : PayloadNote.Of(payload, _hashes);
        if (_filling.IsFull || (_filling.Count > 0 && _filling.LinkType != record.LinkType)) Keep();
        lock (_lock) _filling.Add(record, length, flow, note);
    }

    /// <summary>Hands what came to the system; to be called every second, too, and then by another thread.</summary>
    public void Keep()
    {
        lock (_lock)
        {
            if (_filling.Count == 0) return;
            (_filling, _full) = (_full, _filling);
            int count = _full.Count;
            try
            {
                Write(_full.FirstAt, _full.Seal());
                Packets += count;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Of the packets' rows the store tells; without headers they cannot be drawn.
                Lost += count;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Keep();
        _slice?.Dispose();
        _filling.Dispose();
        _full.Dispose();
    }

    private void Write(Timestamp firstAt, ReadOnlyMemory<byte> block)
    {
        // To what somebody took away nothing is added.
        if (_slice is null || _slice.Length >= _sliceBytes || !File.Exists(_slice.Path))
        {
            if (_slice is not null) _before.Enqueue((_slice.Path, _slice.Length));
            _slice?.Dispose();
            _slice = null;
            _slice = new FrameFile(HeaderSlice.Of(_folder.Headers, firstAt.Nanoseconds, ++_number).Path);
        }

        long before = _slice.Length;
        _slice.Append(block);
        (_bytes, Bytes) = (_bytes + _slice.Length - before, Bytes + _slice.Length - before);
        while (_bytes > _limit && _before.TryDequeue(out (string Path, long Bytes) oldest))
        {
            File.Delete(oldest.Path);
            _bytes -= oldest.Bytes;
        }
    }
}
