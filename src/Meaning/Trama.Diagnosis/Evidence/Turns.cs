using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Divides a chapter into turns.</summary>
internal static class Turns
{
    public static IReadOnlyList<Turn> Read(ConnectionEvidence evidence)
    {
        var turns = new List<Turn>();
        int client = 0, server = 0;
        while (true)
        {
            bool hasClient = Skip(evidence, evidence.ToServer, ref client), hasServer = Skip(evidence, evidence.ToClient, ref server);
            if (!hasClient && !hasServer) return turns;
            bool isClient = hasClient && (!hasServer || evidence.ToServer.Sent[client].Index < evidence.ToClient.Sent[server].Index);
            Transmission sent = isClient ? evidence.ToServer.Sent[client++] : evidence.ToClient.Sent[server++];
            ref readonly TracedSegment segment = ref evidence.Segments[sent.Index];
            if (turns.Count == 0 || turns[^1].From != segment.From) turns.Add(new Turn(segment.From, sent.Index, segment.At, sent.Start));
            turns[^1].Add(sent.Index, segment.At, sent.Start + segment.Length);
        }
    }

    // Goes on to the next transmission of payload that was not seen before.
    private static bool Skip(ConnectionEvidence evidence, StreamEvidence stream, ref int place)
    {
        for (; place < stream.Sent.Length; place++)
        {
            ref readonly Transmission sent = ref stream.Sent[place];
            if (sent.As is SentAs.New or SentAs.Late or SentAs.Refilled && evidence.Segments[sent.Index].Length > 0) return true;
        }

        return false;
    }
}
