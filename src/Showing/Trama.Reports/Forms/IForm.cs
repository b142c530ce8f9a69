using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>A form of report: one way to show what was traced, as it comes and at the end.</summary>
public interface IForm : IDisposable
{
    /// <summary>Takes what the tracker finds.</summary>
    ITraceSink Sink { get; }

    /// <summary>Whether several threads may follow the connections that it shows (<see cref="TracingOptions.Threads"/>).</summary>
    bool IsSharded => Sink is IShardedSink;

    /// <summary>What the tracker has to keep and tell for it.</summary>
    /// <param name="others">What it has to keep and tell anyway; none of that is taken away.</param>
    TracingOptions Needs(TracingOptions others);

    /// <summary>
    /// What the trackers of two captures have to keep when they are read once more, for the connections of which something was found; null
    /// when once is enough.
    /// </summary>
    /// <param name="first">What they kept when they were first read.</param>
    TracingOptions? NeedsOfFound(TracingOptions first) => null;

    /// <summary>Shows what was held back: no packet comes for a while.</summary>
    void Flush()
    {
        // Most forms hold back everything to the end, or nothing.
    }

    /// <summary>Shows the rest: the capture is over, and the sink has heard of all of it.</summary>
    void End(TracedCapture capture);

    /// <summary>Shows two captures of the same connections as one, in place of all other calls.</summary>
    /// <param name="captures">The captures, joined.</param>
    /// <param name="shown">Their connections that are to be shown.</param>
    /// <param name="capture">What both are together.</param>
    void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        shown.Tell(Sink, capture.Between);
        End(capture);
    }

    /// <summary>Gives back what it holds: nothing, of most forms.</summary>
    void IDisposable.Dispose() => GC.SuppressFinalize(this);
}
