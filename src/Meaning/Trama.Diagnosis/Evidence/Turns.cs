using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Divides a chapter into turns.</summary>
internal static class Turns
{
    public static List<Turn> Read(ConnectionEvidence evidence)
    {
        var turns = new List<Turn>();
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        ReadOnlySpan<Transmission> clients = evidence.ToServer.Sent, servers = evidence.ToClient.Sent;
        int client = 0, server = 0;
        while (true)
        {
            bool hasClient = Skip(segments, clients, ref client), hasServer = Skip(segments, servers, ref server);
            if (!hasClient && !hasServer) return turns;
            bool isClient = hasClient && (!hasServer || clients[client].Index < servers[server].Index);
            ref readonly Transmission sent = ref isClient ? ref clients[client++] : ref servers[server++];
            ref readonly TracedSegment segment = ref segments[sent.Index];
            if (turns.Count == 0 || turns[^1].From != segment.From) turns.Add(new Turn(segment.From, sent.Index, segment.At, sent.Start));
            turns[^1].Add(sent.Index, segment.At, sent.Start + segment.Length);
        }
    }

    // Goes on to the next transmission of payload that was not seen before.
    private static bool Skip(ReadOnlySpan<TracedSegment> segments, ReadOnlySpan<Transmission> stream, ref int place)
    {
        for (; place < stream.Length; place++)
        {
            ref readonly Transmission sent = ref stream[place];
            if (sent.As is SentAs.New or SentAs.Late or SentAs.Refilled && segments[sent.Index].Length > 0) return true;
        }

        return false;
    }
}
