namespace Trama.Tracing.Findings.Evidence;

/// <summary>Where on the path the capture was taken.</summary>
internal sealed class Vantage
{
    public Vantage(ConnectionEvidence evidence)
    {
        LegToServerNs = evidence.Connection.ToServer.Rtt?.MinNs ?? 0;
        LegToClientNs = evidence.Connection.ToClient.Rtt?.MinNs ?? 0;
        Span<int> clientHops = stackalloc int[2];
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            int hops = Hops(segment.TimeToLive);
            if (clientHops[(int)segment.From] == 0) clientHops[(int)segment.From] = hops + 1;
        }

        (HopsFromClient, HopsFromServer) = (clientHops[0] == 0 ? null : clientHops[0] - 1, clientHops[1] == 0 ? null : clientHops[1] - 1);
    }

    /// <summary>From the vantage point to the server and back, in nanoseconds; 0 when never measured.</summary>
    public long LegToServerNs { get; }

    /// <summary>From the vantage point to the client and back.</summary>
    public long LegToClientNs { get; }

    /// <summary>How many routers the client's packets had passed; absent when none was seen.</summary>
    public int? HopsFromClient { get; }

    /// <summary>How many routers the server's packets had passed.</summary>
    public int? HopsFromServer { get; }

    /// <summary>From the vantage point to a side and back, in nanoseconds; 0 when never measured.</summary>
    public long LegTo(Side side) => side == Side.Server ? LegToServerNs : LegToClientNs;

    /// <summary>Whether something between a side and the vantage point can lose packets: it is not that side's own host.</summary>
    public bool IsAwayFrom(Side side) => LegTo(side) > Thresholds.OwnHostNs || (side == Side.Server ? HopsFromServer : HopsFromClient) > 0;

    // Systems start from 32, 64, 128 or 255.
    private static int Hops(byte timeToLive) => timeToLive switch
    {
        <= 32 => 32 - timeToLive,
        <= 64 => 64 - timeToLive,
        <= 128 => 128 - timeToLive,
        _ => 255 - timeToLive,
    };
}
