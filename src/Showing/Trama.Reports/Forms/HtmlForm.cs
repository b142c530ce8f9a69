using Trama.Reports.Html;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Writes a page about all connections, at the end: a list of them, and the first ones drawn.</summary>
public sealed class HtmlForm(FormSettings settings) : IForm, ITraceSink
{
    private readonly ConnectionList _list = new(settings.Text.Language);
    private readonly List<Connection> _drawn = [];
    private long _segments;

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others.WithDrawings();

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        bool isDrawn = _drawn.Count < FormBounds.Connections && _segments < FormBounds.PageSegments;
        _list.Add(connection, isDrawn);
        if (!isDrawn) return;
        _drawn.Add(connection);
        _segments += connection.Segments.Count;
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture) => Write(capture, joined: null);

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        shown.Tell(this, capture.Between);
        Write(capture, captures);
    }

    private void Write(TracedCapture capture, JoinedCapture? joined) =>
        new HtmlReport(settings.Text.Language) { Joined = joined }.Write(settings.Output, _list, _drawn, capture);
}
