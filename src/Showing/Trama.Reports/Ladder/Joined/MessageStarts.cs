using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>Which messages begin with which packet of their sender's capture.</summary>
internal sealed class MessageStarts
{
    private readonly Dictionary<(Side From, long Packet), List<(Exchange, Message)>> _starts = [];

    public MessageStarts(JoinedConnection connection)
    {
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            foreach (Exchange exchange in connection.At(side)?.Exchanges ?? [])
            {
                Message? message = side == Side.Client ? exchange.Request : exchange.Reply;
                if (message is not { Packets: [_, ..] }) continue;
                (Side, long) key = (side, message.Packets.Min());
                if (!_starts.TryGetValue(key, out List<(Exchange, Message)>? list)) _starts[key] = list = [];
                list.Add((exchange, message));
            }
        }
    }

    public IReadOnlyList<(Exchange Exchange, Message Message)> At(Side from, long packet) =>
        _starts.GetValueOrDefault((from, packet)) ?? [];
}
