using Trama.Captures;
using Trama.Captures.Files;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Rows.Journals;

namespace Trama.Fleet.Headers;

/// <summary>
/// The packets of a ring as a pcapng file, read front to back: their headers, with the lengths that they had on the wire, as if they had
/// been captured with a snapshot length that leaves out what the programs said.
/// </summary>
public sealed class HeaderStream : Stream
{
    private readonly long _from, _to;
    private readonly Queue<HeaderSlice> _slices;
    private readonly MemoryStream _pending = new();
    private readonly PcapngWriter _writer;
    private readonly HeaderBlockReader _block = new();
    private readonly List<LinkType> _interfaces = [];
    private FrameReader? _slice;
    private byte[] _ahead = [];

    /// <summary>Begins to read.</summary>
    /// <param name="folder">The store; it may be written meanwhile.</param>
    /// <param name="from">From when packets are wanted, in nanoseconds since the Unix epoch.</param>
    /// <param name="to">Up to when.</param>
    public HeaderStream(StoreFolder folder, long from = long.MinValue, long to = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_from, _to) = (from, to);
        HeaderSlice[] all = HeaderSlice.In(folder.Headers);
        // A file ends where the next begins; clocks that were set back make them overlap, so of a time in doubt both are read.
        _slices = new Queue<HeaderSlice>(all.Where((slice, i) =>
            slice.FirstAt <= to && (i == all.Length - 1 || all[i + 1].FirstAt >= from)));
        _writer = new PcapngWriter(_pending, "trama watch");
        _writer.Flush();
        _pending.Position = 0;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int read = _pending.Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
            if (!TryNext()) return 0;
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // It is only read.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _slice?.Dispose();
            _block.Dispose();
            _writer.Dispose();
        }

        base.Dispose(disposing);
    }

    // A block's packets, at least, when there is one.
    private bool TryNext()
    {
        while (true)
        {
            if (_slice is not null && TryReadBlock(_slice, out ReadOnlySpan<byte> block))
            {
                if (!_block.TryOpen(block)) continue;
                _pending.SetLength(0);
                int number = Interface(_block.LinkType);
                while (_block.TryRead(out Record record))
                    if (record.Timestamp.Nanoseconds >= _from && record.Timestamp.Nanoseconds <= _to)
                        _writer.Write(new Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength, number)
                        {
                            Notes = record.Notes,
                        });
                _writer.Flush();
                _pending.Position = 0;
                return true;
            }

            _slice?.Dispose();
            _slice = null;
            _ahead = [];
            if (!_slices.TryDequeue(out HeaderSlice? next)) return false;
            try
            {
                _slice = new FrameReader(File.Open(next.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            }
            catch (FileNotFoundException)
            {
                // The ring went over it.
            }
        }
    }

    // The next block that may have wanted packets. One ends where the next begins; what clocks that were set back leave in doubt is read.
    private bool TryReadBlock(FrameReader slice, out ReadOnlySpan<byte> block)
    {
        while (true)
        {
            byte[] before = _ahead;
            bool hasNext = slice.TryRead(out ReadOnlySpan<byte> next);
            _ahead = hasNext ? next.ToArray() : [];
            block = before;
            if (before.Length == 0)
            {
                if (!hasNext) return false;
                continue;
            }

            if (!HeaderBlockReader.TryFirstAt(before, out long from) || !hasNext || !HeaderBlockReader.TryFirstAt(_ahead, out long to)
                || to < from || (from <= _to && to >= _from)) return true;
        }
    }

    private int Interface(LinkType link)
    {
        int number = _interfaces.IndexOf(link);
        if (number >= 0) return number;
        _interfaces.Add(link);
        _writer.AddInterface(new CaptureInterface(link, 0) { IsNanosecond = true });
        return _interfaces.Count - 1;
    }
}
