using Trama.Packets.Decoding;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Several forms at once, such as a page in a file beside the text on the terminal.</summary>
/// <param name="forms">The forms, in the order in which each hears of everything.</param>
public sealed class SeveralForms(IReadOnlyList<IForm> forms) : IForm, IShardedSink
{
    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public bool IsSharded => forms.All(form => form.IsSharded);

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => forms.Aggregate(others, (needs, form) => form.Needs(needs));

    /// <inheritdoc/>
    public void Flush()
    {
        foreach (IForm form in forms) form.Flush();
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        foreach (IForm form in forms) form.End(capture);
    }

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        foreach (IForm form in forms) form.Show(captures, shown, capture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IForm form in forms) form.Dispose();
    }

    // Each form is told of the exchanges themselves.
    IShardPart? IShardedSink.OpenPart(int shard) => null;

    void ITraceSink.ConnectionOpened(Connection connection)
    {
        foreach (IForm form in forms) form.Sink.ConnectionOpened(connection);
    }

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        foreach (IForm form in forms) form.Sink.ExchangeCompleted(connection, exchange);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        foreach (IForm form in forms) form.Sink.ConnectionEnded(connection);
    }

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        foreach (IForm form in forms) form.Sink.StreamBytes(connection, from, offset, bytes, packet);
    }

    void ITraceSink.CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
        foreach (IForm form in forms) form.Sink.CarriedBytes(connection, from, piece, bytes);
    }

    void ITraceSink.ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes)
    {
        foreach (IForm form in forms) form.Sink.ContentBytes(connection, from, piece, bytes);
    }

    void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        foreach (IForm form in forms) form.Sink.SegmentTaken(connection, segment, payload);
    }

    void ITraceSink.ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        foreach (IForm form in forms) form.Sink.ErrorReported(connection, packet, error);
    }

    void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        foreach (IForm form in forms) form.Sink.StreamGap(connection, from, offset, length, reason);
    }
}
