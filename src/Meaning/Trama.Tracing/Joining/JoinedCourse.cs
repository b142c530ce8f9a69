namespace Trama.Tracing.Joining;

/// <summary>What became of the segments of a connection on their way, and the segments themselves. It takes much room, and is there as
/// long as it is looked at.</summary>
internal sealed class JoinedCourse
{
    // Connections are looked at one after the other.
    [ThreadStatic]
    private static JoinedCourse? t_spare;

    private JoinedCourse()
    {
    }

    /// <summary>What the capture nearer to the client has.</summary>
    public List<TracedSegment> AtClient { get; } = [];

    /// <summary>What the capture nearer to the server has.</summary>
    public List<TracedSegment> AtServer { get; } = [];

    /// <summary>What became of each, in the order in which they left.</summary>
    public List<JoinedSegment> Segments { get; } = [];

    /// <inheritdoc cref="JoinedConnection.ToServer"/>
    public OneWayDelay? ToServer { get; set; }

    /// <inheritdoc cref="JoinedConnection.ToClient"/>
    public OneWayDelay? ToClient { get; set; }

    /// <summary>One for a connection, of which it has the segments.</summary>
    public static JoinedCourse Begin(Connection? atClient, Connection? atServer)
    {
        JoinedCourse course = t_spare ?? new JoinedCourse();
        t_spare = null;
        course.Segments.Clear();
        Copy(atClient, course.AtClient);
        Copy(atServer, course.AtServer);
        return course;
    }

    /// <summary>It is looked at no longer.</summary>
    public void GiveBack() => t_spare = this;

    private static void Copy(Connection? connection, List<TracedSegment> to)
    {
        if (connection is null) to.Clear();
        else connection.CopySegments(to);
    }
}
