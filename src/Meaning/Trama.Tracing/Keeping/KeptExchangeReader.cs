using Trama.Framing;
using Trama.Packets;

namespace Trama.Tracing.Keeping;

/// <summary>Makes exchanges of packed rows again, one at a time, so that whatever reads exchanges reads these: a condition, a table. Of
/// their messages there are the sizes, the words, the first bytes and the first packet. For one thread.</summary>
/// <param name="table">The rows.</param>
public sealed class KeptExchangeReader(ExchangeTable table)
{
    private readonly KeptTextReader _texts = new(table);
    private readonly Exchange _exchange = new();
    private readonly Message _request = new();
    private readonly Message _reply = new();
    private (int Number, string? Name) _protocol = (-1, null);

    /// <summary>The exchange of a row; valid until the next one is read.</summary>
    /// <param name="number">The number of the row.</param>
    /// <param name="row">The row.</param>
    public Exchange Read(long number, in KeptExchange row)
    {
        if (_protocol.Number != row.Protocol) _protocol = (row.Protocol, table.Protocol(row));
        ReadOnlySpan<byte> texts = _texts.Read(number, row), group = texts.IsEmpty ? default : table.Name(row.Group).Span;
        ReadOnlySpan<byte> operation = KeptTexts.Next(ref texts), status = KeptTexts.Next(ref texts);
        ReadOnlySpan<byte> request = KeptTexts.Next(ref texts), reply = KeptTexts.Next(ref texts);
        _exchange.Clear();
        (_exchange.Index, _exchange.IsWhole) = (row.Index, row.IsWhole);
        (_exchange.RequestTransferNs, _exchange.ServerNs, _exchange.NetworkNs) = (row.RequestTransferNs, row.ServerNs, row.NetworkNs);
        (_exchange.ReplyTransferNs, _exchange.TotalNs) = (row.ReplyTransferNs, row.TotalNs);
        var last = new Timestamp(row.FirstAt.Nanoseconds + row.Duration);
        if (row.HasRequest)
        {
            Timestamp end = row.HasReply ? new(row.FirstAt.Nanoseconds + (row.RequestTransferNs ?? 0)) : last;
            var said = new MessageEnd
            {
                Traits = row.RequestTraits,
                Operation = operation,
                Group = group,
                ReplyDue = row.ReplyDue,
                Protocol = _protocol.Name,
                Message = Math.Max(0, row.Stream),
            };
            _request.Restore(row.RequestFrom, row.FirstAt, end, row.FirstPacket, row.RequestBytes, row.RequestMissing, request, said);
            _exchange.Request = _request;
        }

        if (row.HasReply)
        {
            Timestamp begin = row.HasRequest ? new(last.Nanoseconds - (row.ReplyTransferNs ?? 0)) : row.FirstAt;
            var said = new MessageEnd
            {
                Traits = row.ReplyTraits,
                Operation = row.HasRequest ? default : operation,
                Group = row.HasRequest ? default : group,
                Status = status,
                Failed = row.Failed,
                Protocol = _protocol.Name,
                Message = Math.Max(0, row.Stream),
            };
            _reply.Restore(row.ReplyFrom, begin, last, row.ReplyPacket, row.ReplyBytes, row.ReplyMissing, reply, said);
            _exchange.Reply = _reply;
        }
        else if (!status.IsEmpty)
        {
            _exchange.Cancel(status);
        }

        return _exchange;
    }
}
