using System.Buffers;
using System.Runtime.CompilerServices;

namespace Trama.Tracing.Keeping;

/// <summary>Rows of exchanges in the fewest bytes, each as what it tells beyond the one before it.</summary>
internal sealed class PackedExchanges
{
    private readonly int _count;
    private readonly byte[] _bytes;
    // Few have any.
    private readonly Dictionary<int, StrongBox<KeptFigures>>? _wide;

    /// <summary>Packs rows.</summary>
    public PackedExchanges(ReadOnlySpan<KeptExchange> rows)
    {
        _count = rows.Length;
        byte[] room = ArrayPool<byte>.Shared.Rent(rows.Length * KeptExchange.MaxPackedBytes);
        int end = 0;
        KeptExchange before = default;
        for (int i = 0; i < rows.Length; i++)
        {
            end += rows[i].Pack(before, room.AsSpan(end));
            if (rows[i].Wide is { } wide) (_wide ??= [])[i] = wide;
            before = rows[i];
        }

        _bytes = room.AsSpan(0, end).ToArray();
        ArrayPool<byte>.Shared.Return(room);
    }

    /// <summary>The rows again.</summary>
    public KeptExchange[] Unpack()
    {
        var rows = new KeptExchange[_count];
        int end = 0;
        KeptExchange before = default;
        for (int i = 0; i < rows.Length; i++)
        {
            end += KeptExchange.Unpack(before, _bytes.AsSpan(end), _wide?.GetValueOrDefault(i), out rows[i]);
            before = rows[i];
        }

        return rows;
    }
}
