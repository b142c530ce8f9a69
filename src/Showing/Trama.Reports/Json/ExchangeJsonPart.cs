using System.Buffers;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>Writes the exchanges of a shard, by the thread that found them.</summary>
/// <param name="full">Whether messages are written whole.</param>
/// <param name="asLines">Whether each is a line of its own, which names its connection.</param>
internal sealed class ExchangeJsonPart(bool full, bool asLines) : IShardPart
{
    private JsonText? _text;
    private ExchangeJson? _json;

    /// <inheritdoc/>
    public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text)
    {
        _text ??= new JsonText();
        _json ??= new ExchangeJson(_text, full);
        _text.Clear();
        if (asLines) _json.WriteLine(connection, exchange);
        else _json.WriteObject(exchange);
        text.Write(_text.Visible);
        return false;
    }
}
