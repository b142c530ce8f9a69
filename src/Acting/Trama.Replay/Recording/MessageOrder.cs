using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>The order of what two sides said: of one side by place, since segments may come out of order, of both by time.</summary>
internal static class MessageOrder
{
    /// <summary>Messages of one connection in order.</summary>
    public static List<RecordedMessage> Merge(IEnumerable<RecordedMessage> messages)
    {
        ILookup<Side, RecordedMessage> sides = messages.ToLookup(message => message.From);
        RecordedMessage[] client = [.. sides[Side.Client].OrderBy(message => message.Offset)];
        RecordedMessage[] server = [.. sides[Side.Server].OrderBy(message => message.Offset)];
        var merged = new List<RecordedMessage>(client.Length + server.Length);
        for (int c = 0, s = 0; merged.Count < client.Length + server.Length;)
        {
            bool isClients = s == server.Length || (c < client.Length && client[c].AtNs <= server[s].AtNs);
            merged.Add(isClients ? client[c++] : server[s++]);
        }

        return merged;
    }

    /// <summary>Exchanges of one connection in the order of their first messages.</summary>
    public static List<RecordedExchange> ByFirst(IReadOnlyCollection<RecordedExchange> exchanges)
    {
        var places = new Dictionary<RecordedMessage, int>(ReferenceEqualityComparer.Instance);
        IEnumerable<RecordedMessage> firsts = exchanges.Select(exchange => exchange.Messages.First());
        foreach (RecordedMessage message in Merge(firsts)) places.Add(message, places.Count);
        return [.. exchanges.OrderBy(exchange => places[exchange.Messages.First()])];
    }
}
