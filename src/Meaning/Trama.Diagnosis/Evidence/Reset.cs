using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>The RST that ended a connection, and what its sender had done before.</summary>
internal sealed class Reset
{
    private Reset(int index, Side from) => (Index, From) = (index, from);

    /// <summary>Its place in the chapter.</summary>
    public int Index { get; }

    /// <summary>Who sent it, if it is genuine.</summary>
    public Side From { get; }

    /// <summary>Whether its sender had closed before: it answers what came too late.</summary>
    public bool AfterOwnFin { get; private init; }

    /// <summary>Whether the other side had closed before.</summary>
    public bool AfterOthersFin { get; private init; }

    /// <summary>The first RST of a chapter; null without one.</summary>
    public static Reset? Find(ConnectionEvidence evidence)
    {
        if (evidence.Connection.State is not (ConnectionState.Reset or ConnectionState.Closed)) return null;
        Span<bool> hasClosed = stackalloc bool[2];
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        for (int i = 0; i < segments.Length; i++)
        {
            TcpFlags flags = segments[i].Flags;
            Side from = segments[i].From;
            if ((flags & TcpFlags.Rst) != 0)
                return new Reset(i, from) { AfterOwnFin = hasClosed[(int)from], AfterOthersFin = hasClosed[1 - (int)from] };
            if ((flags & TcpFlags.Fin) != 0) hasClosed[(int)from] = true;
        }

        return null;
    }
}
