using System.Buffers;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>Writes the lines of a shard's exchanges, where none depends on those before it.</summary>
/// <param name="lines">Writes them.</param>
internal sealed class LinesPart(ExchangeLines lines) : IShardPart
{
    /// <inheritdoc/>
    public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text)
    {
        lines.ExchangeCompleted(connection, exchange);
        lines.MoveTo(text);
        return false;
    }
}
