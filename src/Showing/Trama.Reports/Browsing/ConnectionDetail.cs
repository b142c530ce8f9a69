using Trama.Diagnosis;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Browsing;

/// <summary>One connection with all that is drawn of it, read again from its packets: exchanges, messages with their bytes, segments, the
/// ladder. It does not change; live, it is of the moment when it was asked for.</summary>
public sealed class ConnectionDetail
{
    private readonly Lazy<ConnectionLadder> _ladder;
    private Lazy<JoinedLadder>? _joined;

    internal ConnectionDetail(Connection connection, IReadOnlyList<Finding> findings, IReadOnlyList<long> packets)
    {
        (Connection, Findings, Packets) = (connection, findings, packets);
        _ladder = new Lazy<ConnectionLadder>(() => ConnectionLadder.Of(connection, findings));
    }

    /// <summary>The connection with <see cref="Connection.Exchanges"/> and <see cref="Connection.Segments"/>; what is more than the limits
    /// allow is counted there as omitted.</summary>
    public Connection Connection { get; }

    /// <summary>What was found about it, the main finding first.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The numbers of its packets that were read.</summary>
    public IReadOnlyList<long> Packets { get; }

    /// <summary>The ladder of two captures that it comes from; null for one.</summary>
    public JoinedLadder? Joined => _joined?.Value;

    /// <summary>Its ladder: the same rows that text and picture are drawn of.</summary>
    public ConnectionLadder Ladder => _ladder.Value;

    internal void Join(JoinedCapture captures, JoinedConnection joined, Period? between) =>
        _joined = new Lazy<JoinedLadder>(() => JoinedLadder.Of(captures, joined, between, Findings));
}
