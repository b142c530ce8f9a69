using Trama.Captures.Files;
using Trama.Packets;
using Trama.Rows;
using ZstdSharp;

namespace Trama.Fleet.Headers;

/// <summary>Reads the packets of blocks of headers.</summary>
internal sealed class HeaderBlockReader : IDisposable
{
    private readonly Decompressor _zstd = new();
    private readonly FlowHeaders _flows = new(HeaderBlock.Flows);
    private readonly byte[] _records = new byte[HeaderBlock.Room + HeaderBlock.MaxRecord];
    private readonly byte[] _bytes = new byte[PayloadNote.MaxBytes + HeaderBlock.MaxHeader];
    private readonly byte[] _options = new byte[PacketNotes.PayloadNoteBytes];
    private LinkType _linkType;
    private long _at;
    private ulong _left;
    private int _start, _end;

    /// <summary>The link type of its packets.</summary>
    public LinkType LinkType => _linkType;

    /// <summary>When the first packet of a block was seen, in nanoseconds since the Unix epoch; false when it is none.</summary>
    public static bool TryFirstAt(ReadOnlySpan<byte> block, out long firstAt)
    {
        firstAt = 0;
        return VariableLength.TryReadVariable(ref block, out _) && VariableLength.TryReadVariable(ref block, out _)
            && VariableLength.TryReadZigZag(ref block, out firstAt);
    }

    /// <summary>Opens a block; false when it is none.</summary>
    public bool TryOpen(ReadOnlySpan<byte> block)
    {
        (_left, _start) = (0, 0);
        _flows.Clear();
        if (!VariableLength.TryReadVariable(ref block, out ulong version) || version != HeaderBlock.Version
            || !VariableLength.TryReadVariable(ref block, out ulong link) || link > ushort.MaxValue
            || !VariableLength.TryReadZigZag(ref block, out _at)
            || !VariableLength.TryReadVariable(ref block, out ulong count)
            || !VariableLength.TryReadVariable(ref block, out ulong length) || length > (ulong)_records.Length) return false;
        try
        {
            if (!_zstd.TryUnwrap(block, _records, out _end) || _end != (int)length) return false;
        }
        catch (ZstdException)
        {
            return false;
        }

        (_linkType, _left) = ((LinkType)link, count);
        return true;
    }

    /// <summary>The next packet; false when there is none, or it is damaged.</summary>
    public bool TryRead(out Record record)
    {
        record = default;
        ReadOnlySpan<byte> rest = _records.AsSpan(_start, _end - _start);
        if (_left == 0 || !VariableLength.TryReadZigZag(ref rest, out long later)
            || !VariableLength.TryReadVariable(ref rest, out ulong original) || original > int.MaxValue
            || !VariableLength.TryReadVariable(ref rest, out ulong lengthAndNote)
            || lengthAndNote >> 2 is 0 or > HeaderBlock.MaxHeader
            || !VariableLength.TryReadVariable(ref rest, out ulong flow) || flow >= HeaderBlock.Flows) return false;
        var kind = (NoteKind)(lengthAndNote & 3);
        int noted = PayloadNote.BytesOf(kind), length = (int)(lengthAndNote >> 2);
        if (noted + length > rest.Length) return false;
        Span<byte> bytes = _bytes.AsSpan(0, noted + length);
        rest[..bytes.Length].CopyTo(bytes);
        _flows.Change((int)flow, bytes, noted, isWritten: false);
        _start = _end - rest.Length + bytes.Length;
        _left--;
        _at = unchecked(_at + later);
        PayloadNote note = PayloadNote.Read(bytes, kind);
        record = new Record(new Timestamp(_at), _linkType, bytes[noted..], Math.Max((int)original, length))
        {
            Notes = note.IsKnown ? PacketNotes.Write(_options, note.Facts.Note, note.Hash) : default,
        };
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _zstd.Dispose();
}
