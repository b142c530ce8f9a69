using System.Buffers.Binary;

namespace Trama.Framing.Tds;

/// <summary>Tabular Data Stream of Microsoft SQL Server, version 7 and later (MS-TDS).</summary>
internal sealed class TdsProtocol : Protocol
{
    private const int LeastBatch = 34;

    /// <inheritdoc/>
    public override string Name => "tds";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [1433];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (!TdsHeader.IsBoundary(speaker, first)) return Likeness.No;
        return isHinted || IsOwn(first) ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var pending = new PendingRequests();
        return new(Name, new TdsStream(pending, Direction.ToServer), new TdsStream(pending, Direction.ToClient)) { Pending = pending };
    }

    // PRELOGIN begins with an option VERSION of six bytes; a batch with headers, of which one tells the transaction.
    private static bool IsOwn(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        TdsHeader.Prelogin => bytes.Length >= TdsHeader.Size + 5 && bytes[8] == 0 && BinaryPrimitives.ReadUInt16BigEndian(bytes[11..]) == 6,
        TdsHeader.Batch => bytes.Length >= LeastBatch && BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) == 22
            && BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) == 18 && BinaryPrimitives.ReadInt16LittleEndian(bytes[16..]) == 2,
        _ => false,
    };
}
