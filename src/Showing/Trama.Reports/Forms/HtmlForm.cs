using Trama.Reports.Html;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Writes a page about all connections, at the end.</summary>
public sealed class HtmlForm(FormSettings settings) : IForm, ITraceSink
{
    private readonly List<Connection> _connections = [];

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others.WithDrawings();

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection) => _connections.Add(connection);

    /// <inheritdoc/>
    public void End(TracedCapture capture) => Write(capture, joined: null);

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        shown.Tell(this);
        Write(capture, captures);
    }

    private void Write(TracedCapture capture, JoinedCapture? joined) =>
        new HtmlReport(settings.Text.Language) { Joined = joined }.Write(settings.Output, _connections, capture.Diagnosis, capture.Files);
}
