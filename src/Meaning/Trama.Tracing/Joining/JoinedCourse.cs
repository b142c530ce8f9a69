using System.Runtime.InteropServices;

namespace Trama.Tracing.Joining;

/// <summary>What became of the segments of a connection on their way, and the segments themselves. It takes much room, and is there as
/// long as it is looked at.</summary>
internal sealed class JoinedCourse
{
    // Connections are looked at one after the other.
    [ThreadStatic]
    private static JoinedCourse? t_spare;

    private readonly List<JoinedSegment> _merged = [];

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

    /// <summary>Puts the segments into the order in which they left, of which so many of one direction come first.</summary>
    public void PutInOrder(int first)
    {
        Span<JoinedSegment> all = CollectionsMarshal.AsSpan(Segments), one = all[..first], other = all[first..];
        Sort(one);
        Sort(other);
        CollectionsMarshal.SetCount(_merged, all.Length);
        Span<JoinedSegment> merged = CollectionsMarshal.AsSpan(_merged);
        for (int i = 0, from = 0, to = 0; i < merged.Length; i++)
        {
            bool isOne = to == other.Length || (from < one.Length && JoinedSegment.InOrder(one[from], other[to]) <= 0);
            merged[i] = isOne ? one[from++] : other[to++];
        }

        merged.CopyTo(all);
    }

    // Nearly always they are in order but for those that were lost, which come last.
    private static void Sort(Span<JoinedSegment> segments)
    {
        for (int i = 1; i < segments.Length; i++)
        {
            if (JoinedSegment.InOrder(segments[i - 1], segments[i]) <= 0) continue;
            segments.Sort((before, after) => JoinedSegment.InOrder(before, after));
            return;
        }
    }

    private static void Copy(Connection? connection, List<TracedSegment> to)
    {
        if (connection is null) to.Clear();
        else connection.CopySegments(to);
    }
}
