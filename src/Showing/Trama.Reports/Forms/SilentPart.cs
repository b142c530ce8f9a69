using System.Buffers;
using Trama.Tracing;

namespace Trama.Reports.Forms;

/// <summary>The part of a form that is told of connections alone, and of no exchange.</summary>
internal sealed class SilentPart : IShardPart
{
    /// <inheritdoc/>
    public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text) => false;
}
