using System.Buffers;

namespace Trama.Reports.Json;

/// <summary>
/// The exchanges of open connections as text, each connection's apart until it ends: in memory while they are few, the rest in a temporary
/// file.
/// </summary>
/// <param name="mostInMemory">How many bytes may be in memory.</param>
internal sealed class ExchangeSpool(long mostInMemory = 8 << 20) : IDisposable
{
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

    /// <summary>Writes the elements of a connection, separated by commas, and forgets them.</summary>
    public void MoveTo(SpillStream output, long connection)
    {
        if (!_strands.Remove(connection, out Strand? strand)) return;
        foreach ((long offset, int length) in strand.Spilled)
        {
            byte[] part = ArrayPool<byte>.Shared.Rent(length);
            _file!.Position = offset;
            _file.ReadExactly(part.AsSpan(0, length));
            output.Write(part.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(part);
        }

        output.Write(strand.Text);
        Release(strand);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

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
            strand.Spilled.Add((_file.Position, strand.Length));
            _file.Write(strand.Text);
            Release(strand);
        }
    }

    private sealed class Strand
    {
        public byte[] Buffer { get; set; } = [];

        public int Length { get; set; }

        public ReadOnlySpan<byte> Text => Buffer.AsSpan(0, Length);

        public List<(long Offset, int Length)> Spilled { get; } = [];
    }
}
