using System.Buffers;
using System.Buffers.Binary;
using Trama.Rows;
using Trama.Rows.Journals;
using Trama.Rows.Tables;
using ZstdSharp;

namespace Trama.Fleet.Sending;

/// <summary>
/// Rows of one kind on their way from a sensor to a hub. Who sent them, and their place in what that sensor's spool has for a partition,
/// tell them from all others: they are the same bytes however often they are sent.
/// </summary>
/// <param name="Incarnation">Of which spool of the sensor they are: a random number that changes when a spool is begun anew.</param>
/// <param name="Partition">The partition, from 0.</param>
/// <param name="Sequence">Their place in that, from 1.</param>
/// <param name="Kind">What they tell of.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Body">The rows: a journal, compressed.</param>
public readonly record struct FleetMessage(long Incarnation, int Partition, long Sequence, FleetKind Kind, long Rows,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>How many partitions there are: enough to share among hubs, and few enough for an account of a broker.</summary>
    public const int Partitions = 8;

    /// <summary>How long one is at most, in bytes: half of what a broker takes unless it is told otherwise.</summary>
    public const int MaxBytes = 512 << 10;

    /// <summary>How many bytes of rows it has at most before they are compressed.</summary>
    public const int MaxRowBytes = 256 << 10;

    private const ulong Version = 1;
    private const int MaxJournalBytes = MaxRowBytes + (16 << 10);

    /// <summary>Makes a body of rows as a <see cref="JournalTable"/> writes them.</summary>
    /// <param name="table">Their table.</param>
    /// <param name="rows">At most <see cref="MaxRowBytes"/>.</param>
    public static byte[] BodyOf(TableSchema table, ReadOnlySpan<byte> rows)
    {
        var header = new ArrayBufferWriter<byte>();
        JournalHeader.Write(header, [table]);
        byte[] journal = new byte[Frame.HeaderBytes + header.WrittenCount + Frame.HeaderBytes + rows.Length];
        Put(journal, header.WrittenSpan);
        Put(journal.AsSpan(Frame.HeaderBytes + header.WrittenCount), rows);
        using var zstd = new Compressor(1);
        return zstd.Wrap(journal).ToArray();
    }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(Body.Length + 32);
        output.WriteVariable(Version);
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), Incarnation);
        output.Advance(sizeof(long));
        output.WriteVariable((ulong)Partition);
        output.WriteVariable((ulong)Sequence);
        output.WriteVariable((ulong)Kind);
        output.WriteVariable((ulong)Rows);
        output.Write(Body.Span);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads one, but for its body; false when it is none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out FleetMessage message)
    {
        message = default;
        ReadOnlySpan<byte> left = bytes.Span;
        if (left.Length > MaxBytes || !VariableLength.TryReadVariable(ref left, out ulong version) || version != Version
            || left.Length < sizeof(long)) return false;
        long incarnation = BinaryPrimitives.ReadInt64LittleEndian(left);
        left = left[sizeof(long)..];
        if (!VariableLength.TryReadVariable(ref left, out ulong partition) || partition >= Partitions
            || !VariableLength.TryReadVariable(ref left, out ulong sequence) || sequence is 0 or > long.MaxValue
            || !VariableLength.TryReadVariable(ref left, out ulong kind) || kind > byte.MaxValue
            || !VariableLength.TryReadVariable(ref left, out ulong rows) || rows > MaxRowBytes) return false;
        message = new FleetMessage(incarnation, (int)partition, (long)sequence, (FleetKind)kind, (long)rows, bytes[^left.Length..]);
        return true;
    }

    /// <summary>The journal in the body; null when there is none, or one that is larger than it may be.</summary>
    public byte[]? Journal()
    {
        try
        {
            ulong size = Decompressor.GetDecompressedSize(Body.Span);
            if (size is 0 or > MaxJournalBytes) return null;
            byte[] journal = new byte[size];
            using var zstd = new Decompressor();
            return zstd.TryUnwrap(Body.Span, journal, out int written) && written == journal.Length ? journal : null;
        }
        catch (ZstdException)
        {
            return null;
        }
    }

    private static void Put(Span<byte> room, ReadOnlySpan<byte> content)
    {
        Frame.WriteHeader(room, content);
        content.CopyTo(room[Frame.HeaderBytes..]);
    }
}
