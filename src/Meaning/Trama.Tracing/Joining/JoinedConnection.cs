using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>One connection as two captures show it: nearer to its client, and nearer to its server.</summary>
public sealed class JoinedConnection
{
    private readonly JoinedCapture _captures;
    private readonly Func<JoinedConnection, JoinedCourse> _follow;
    private JoinedCourse? _course;
    private bool _isLookedAt;

    internal JoinedConnection(long id, Connection? atClient, Connection? atServer, bool isTranslated,
        JoinedCapture captures, Func<JoinedConnection, JoinedCourse> follow)
    {
        (Id, AtClient, AtServer, IsTranslated, _captures, _follow) = (id, atClient, atServer, isTranslated, captures, follow);
        (NumberAtClient, NumberAtServer) = (atClient?.Id, atServer?.Id);
        if (atClient is not null) atClient.Id = id;
        if (atServer is not null) atServer.Id = id;
        if (atClient is null || atServer is null) return;
        // A process is known where it ran, which is at the nearer of the two, or at both.
        (Func<Side, SideProcess?>? nearClient, Func<Side, SideProcess?>? nearServer) = (atClient.Owners, atServer.Owners);
        atClient.Owners = atServer.Owners = side => side == Side.Client
            ? nearClient?.Invoke(side) ?? nearServer?.Invoke(side) : nearServer?.Invoke(side) ?? nearClient?.Invoke(side);
    }

    /// <summary>The number of the connection among the joined ones, from 1, in order of the first packet.</summary>
    public long Id { get; }

    /// <summary>Its number in the capture nearer to the client alone.</summary>
    public long? NumberAtClient { get; }

    /// <summary>Its number in the capture nearer to the server alone.</summary>
    public long? NumberAtServer { get; }

    /// <summary>What the capture nearer to the client shows; null when it does not have the connection.</summary>
    public Connection? AtClient { get; }

    /// <summary>What the capture nearer to the server shows; null when it does not have the connection.</summary>
    public Connection? AtServer { get; }

    /// <summary>What the vantage point nearer to the client shows of it, or the other where that has nothing.</summary>
    public Connection Shown => (AtClient ?? AtServer)!;

    /// <summary>Whether addresses, ports or sequence numbers are changed between the two.</summary>
    public bool IsTranslated { get; }

    /// <summary>Whether it was the first of the two captures that is nearer to the client.</summary>
    public bool FirstIsNear { get; internal set; }

    /// <summary>The time of the last packet, of any connection, in the capture nearer to the client; null when it has none.</summary>
    public Timestamp? ClientCaptureEndsAt { get; internal set; }

    /// <summary>The same for the capture nearer to the server.</summary>
    public Timestamp? ServerCaptureEndsAt { get; internal set; }

    /// <summary>What became of every segment, in the order in which they left; found when it is first asked for.</summary>
    public IReadOnlyList<JoinedSegment> Segments => Course.Segments;

    /// <summary>How long segments to the server were under way.</summary>
    public OneWayDelay? ToServer => Course.ToServer;

    /// <summary>How long segments to the client were under way.</summary>
    public OneWayDelay? ToClient => Course.ToClient;

    /// <summary>The exchanges that both captures have, and where their time went.</summary>
    public IReadOnlyList<JoinedExchange> Exchanges { get; internal set; } = [];

    /// <summary>The connection as the vantage point nearer to <paramref name="side"/> shows it.</summary>
    public Connection? At(Side side) => side == Side.Client ? AtClient : AtServer;

    /// <summary>A segment as its sender's vantage point shows it.</summary>
    public TracedSegment? Left(in JoinedSegment segment) =>
        segment.Left < 0 ? null : SegmentsAt(segment.From)[segment.Left];

    /// <summary>A segment as its receiver's vantage point shows it.</summary>
    public TracedSegment? Arrived(in JoinedSegment segment) =>
        segment.Arrived < 0 ? null : SegmentsAt(segment.From.Other())[segment.Arrived];

    /// <summary>A segment where it was seen: nearer to its sender if it was seen there.</summary>
    public TracedSegment Seen(in JoinedSegment segment) => segment.Left >= 0 ? SegmentsAt(segment.From)[segment.Left]
        : SegmentsAt(segment.From.Other())[segment.Arrived];

    /// <summary>Looks at it; what became of its segments is kept as long, and by nobody after that.</summary>
    internal void Show(Action<JoinedConnection> look)
    {
        _isLookedAt = true;
        look(this);
        _course?.GiveBack();
        (_course, _isLookedAt) = (null, false);
    }

    /// <summary>Another one is looked at: what became of the segments of this one is found anew if need be.</summary>
    internal void ForgetCourse() => _course = null;

    private JoinedCourse Course
    {
        get
        {
            if (_course is { } known) return known;
            JoinedCourse course = _course = _follow(this);
            if (!_isLookedAt) _captures.ForgetAllBut(this);
            return course;
        }
    }

    private List<TracedSegment> SegmentsAt(Side side) => side == Side.Client ? Course.AtClient : Course.AtServer;
}
