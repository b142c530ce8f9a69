namespace Trama.Peers.Loading;

/// <summary>What came of a load: the requests that were due while it was measured.</summary>
public sealed class LoadTally
{
    private readonly long[] _failures = new long[Enum.GetValues<LoadFailure>().Length];

    /// <summary>From when a request was due, or sent when there is no rate, to the end of its reply.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>From when a request was due to when it was sent: how far the load itself, or its connections, lagged behind.</summary>
    public LatencyHistogram Lag { get; } = new();

    /// <summary>How long connecting took, for every connection made.</summary>
    public LatencyHistogram Connecting { get; } = new();

    /// <summary>How long the TLS handshake took once connected, for every one that succeeded.</summary>
    public LatencyHistogram Handshakes { get; } = new();

    /// <summary>Requests that were answered.</summary>
    public long Answered => Latency.Count;

    /// <summary>Requests that were sent or had to be.</summary>
    public long Due { get; internal set; }

    /// <summary>Connections made, from the beginning.</summary>
    public long Connections { get; internal set; }

    /// <summary>Connections that the server closed in good order, after a reply. The load went on with new ones.</summary>
    public long ClosedByServer { get; internal set; }

    /// <summary>Connections that were made and then failed.</summary>
    public long Broken { get; internal set; }

    /// <summary>Bytes sent, from the beginning.</summary>
    public long SentBytes { get; internal set; }

    /// <summary>Bytes received, from the beginning.</summary>
    public long ReceivedBytes { get; internal set; }

    /// <summary>Failures of all kinds.</summary>
    public long Failed => _failures.Sum();

    /// <summary>How long was measured, to the last reply if that came later.</summary>
    public TimeSpan Measured { get; internal set; }

    /// <summary>How often something failed.</summary>
    public long this[LoadFailure failure] => _failures[(int)failure];

    internal void Fail(LoadFailure failure, long count = 1) => _failures[(int)failure] += count;

    internal void Add(LoadTally other)
    {
        Latency.Add(other.Latency);
        Lag.Add(other.Lag);
        Connecting.Add(other.Connecting);
        Handshakes.Add(other.Handshakes);
        Due += other.Due;
        Connections += other.Connections;
        ClosedByServer += other.ClosedByServer;
        Broken += other.Broken;
        SentBytes += other.SentBytes;
        ReceivedBytes += other.ReceivedBytes;
        if (other.Measured > Measured) Measured = other.Measured;
        for (int i = 0; i < _failures.Length; i++) _failures[i] += other._failures[i];
    }
}
