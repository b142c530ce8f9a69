using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What a side sent in one go, before it fell silent for half a round trip or more.</summary>
/// <param name="First">The place of its first transmission in the stream.</param>
/// <param name="Last">The place of its last one.</param>
/// <param name="Bytes">Its payload.</param>
/// <param name="FirstAt">When it began.</param>
/// <param name="LastAt">When it ended.</param>
internal readonly record struct Flight(int First, int Last, long Bytes, Timestamp FirstAt, Timestamp LastAt)
{
    /// <summary>The flights of new payload in a stream, in order; none on a path too short to tell them apart.</summary>
    public static List<Flight> Read(ConnectionEvidence evidence, StreamEvidence stream)
    {
        var flights = new List<Flight>();
        if (evidence.RttNs is < Thresholds.LimitedRoundTripNs or long.MaxValue) return flights;
        for (int place = 0; place < stream.Sent.Length; place++)
        {
            ref readonly Transmission sent = ref stream.Sent[place];
            ref readonly TracedSegment segment = ref evidence.Segments[sent.Index];
            if (segment.Length == 0 || sent.As != SentAs.New) continue;
            if (flights.Count > 0 && segment.At - flights[^1].LastAt < evidence.RttNs / 2)
                flights[^1] = flights[^1] with { Last = place, Bytes = flights[^1].Bytes + segment.Length, LastAt = segment.At };
            else
                flights.Add(new Flight(place, place, segment.Length, segment.At, segment.At));
        }

        return flights;
    }
}
