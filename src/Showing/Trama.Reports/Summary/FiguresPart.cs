using System.Buffers;
using Trama.Tracing;

namespace Trama.Reports.Summary;

/// <summary>Passes on the figures of a shard's exchanges.</summary>
internal sealed class FiguresPart : IShardPart
{
    /// <inheritdoc/>
    public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text)
    {
        ExchangeFigures.Write(exchange, text);
        return false;
    }
}
