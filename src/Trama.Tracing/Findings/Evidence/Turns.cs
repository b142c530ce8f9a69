namespace Trama.Tracing.Findings.Evidence;

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
            TracedSegment segment = evidence.Segments[sent.Index];
            long end = sent.Start + segment.Length;
            if (turns.Count > 0 && turns[^1].From == segment.From)
                turns[^1] = turns[^1] with { Last = sent.Index, LastAt = segment.At, End = Math.Max(turns[^1].End, end), Segments = turns[^1].Segments + 1 };
            else
                turns.Add(new Turn(segment.From, sent.Index, sent.Index, segment.At, segment.At, sent.Start, end, 1));
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
