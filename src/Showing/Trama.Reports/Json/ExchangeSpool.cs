using System.Buffers;

namespace Trama.Reports.Json;

/// <summary>
/// The exchanges of open connections as text, each connection's apart until it ends: in memory while they are few, the rest in a temporary
/// file.
/// </summary>
/// <param name="mostInMemory">How many bytes may be in memory.</param>
internal sealed class ExchangeSpool(long mostInMemory = 8 << 20) : IDisposable
{
    private const int LargePiece = 32 * 1024;

    private readonly Dictionary<long, Strand> _strands = [];
    private SpoolFile? _file;
    private long _inMemory;

    /// <summary>Adds an element to the array of a connection's exchanges.</summary>
    public void Add(long connection, ReadOnlySpan<byte> exchange)
    {
        if (!_strands.TryGetValue(connection, out Strand? strand)) _strands[connection] = strand = new Strand();
        else Append(strand, ","u8);
        Append(strand, exchange);
        if (_inMemory > mostInMemory) Spill();
    }

    /// <summary>
    /// Writes the elements of a connection, separated by commas, and forgets them. Where many stand in the file already in large pieces,
    /// only what follows those is written.
    /// </summary>
    /// <returns>The pieces that come before what was written, for <see cref="CopyTo"/>.</returns>
    public IReadOnlyList<Piece> MoveTo(SpillStream output, long connection)
    {
        if (!_strands.Remove(connection, out Strand? strand)) return [];
        // Small pieces would take more memory than they are worth.
        bool stays = strand.Spilled.Count > 0 && strand.SpilledBytes / strand.Spilled.Count >= LargePiece;
        if (!stays) Copy(strand.Spilled, output.Write);
        output.Write(strand.Text);
        Release(strand);
        return stays ? strand.Spilled : [];
    }

    /// <summary>Copies pieces to a stream.</summary>
    public void CopyTo(Stream output, IReadOnlyList<Piece> pieces) => Copy(pieces, output.Write);

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Copy(IReadOnlyList<Piece> pieces, Action<ReadOnlySpan<byte>> write)
    {
        foreach (Piece piece in pieces)
        {
            byte[] part = ArrayPool<byte>.Shared.Rent(piece.Length);
            _file!.Position = piece.Offset;
            _file.ReadExactly(part.AsSpan(0, piece.Length));
            write(part.AsSpan(0, piece.Length));
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    private void Append(Strand strand, ReadOnlySpan<byte> text)
    {
        if (strand.Buffer.Length - strand.Length < text.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(strand.Length + text.Length);
            int length = strand.Length;
            strand.Text.CopyTo(larger);
            Release(strand);
            (strand.Buffer, strand.Length) = (larger, length);
            _inMemory += larger.Length;
        }

        text.CopyTo(strand.Buffer.AsSpan(strand.Length));
        strand.Length += text.Length;
    }

    private void Release(Strand strand)
    {
        _inMemory -= strand.Buffer.Length;
        if (strand.Buffer.Length > 0) ArrayPool<byte>.Shared.Return(strand.Buffer);
        (strand.Buffer, strand.Length) = ([], 0);
    }

    private void Spill()
    {
        _file ??= new SpoolFile();
        _file.Position = _file.Length;
        foreach (Strand strand in _strands.Values)
        {
            if (strand.Length == 0) continue;
            strand.Spilled.Add(new Piece(_file.Position, strand.Length));
            strand.SpilledBytes += strand.Length;
            _file.Write(strand.Text);
            Release(strand);
        }
    }

    private sealed class Strand
    {
        public byte[] Buffer { get; set; } = [];

        public int Length { get; set; }

        public ReadOnlySpan<byte> Text => Buffer.AsSpan(0, Length);

        public List<Piece> Spilled { get; } = [];

        public long SpilledBytes { get; set; }
    }

    /// <summary>A part of the file.</summary>
    internal readonly record struct Piece(long Offset, int Length);
}
