using Trama.Packets.Decoding;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Forms;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Page;

/// <summary>Writes the page with what it shows inside, at the end: lists of what there is, and some connections drawn.</summary>
public sealed class HtmlForm(FormSettings settings) : IForm, ITraceSink
{
    private readonly BrowsedCapture _capture = new() { IsJudgedElsewhere = true };
    private readonly DrawnConnections _drawn = new();

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    private ITraceSink Rows => _capture;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => BrowsedCapture.Needs(others).WithDrawings().WithBodies();

    // Whether a connection belongs to what is shown is known for sure when it ends: it has no row before one of its parts.

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) =>
        Rows.SegmentTaken(connection, segment, payload);

    /// <inheritdoc/>
    public void ErrorReported(Connection connection, long packet, in QuotedSegment error) => Rows.ErrorReported(connection, packet, error);

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange) => Rows.ExchangeCompleted(connection, exchange);

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Rows.ConnectionEnded(connection);
        bool isFaulty = _capture.Connection(connection.Id) is { Faulty: > 0 };
        _drawn.Add(connection, settings.FindingsOf?.Invoke(connection) is [var main, ..] ? 1 + (int)main.Severity : isFaulty ? 1 : 0);
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        _capture.Conclude(capture.Diagnosis);
        foreach (Connection connection in _drawn.All) _capture.Keep(connection);
        Write(capture);
    }

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        _capture.Join(captures, shown, this, capture.Between);
        _capture.Conclude(capture.Diagnosis);
        // A joined connection has the number of its place.
        foreach (Connection connection in _drawn.All)
            _capture.Keep(connection, captures.Connections[(int)connection.Id - 1], capture.Between);
        Write(capture);
    }

    private void Write(TracedCapture capture)
    {
        var source = new BrowsedSource(_capture, capture.Files, IsLive: false) { IsTruncated = () => capture.IsTruncated };
        new ReportPage(source, settings.Text.Language)
        {
            Drawn = [.. _drawn.All.Select(connection => connection.Id)],
            Connections = _drawn.Count,
        }.Write(settings.Output);
    }
}
