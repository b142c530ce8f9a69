using System.Text;
using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Says what went wrong, and whose it is: live, a line as a connection ends; the whole at the end.</summary>
public sealed class DiagnosisForm(FormSettings settings) : IForm, IShardedSink
{
    private const int MessageExcerptBytes = 96;

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others;

    /// <summary>
    /// The ladders of what was found name the messages, at the packets where they begin. The others' would take most of the memory.
    /// </summary>
    public TracingOptions? NeedsOfFound(TracingOptions first) => first.WithExchanges(MessageExcerptBytes, packetNumbers: 1);

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new SilentPart();

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (settings.IsLive && settings.FindingsOf?.Invoke(connection) is [{ Severity: > Severity.Info } main, ..])
            Write(DiagnosisText.Line(connection, main, settings.Text, settings.Zone));
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        // A file of which nothing could be read says nothing, not that nothing came; what is wrong with it was told.
        if (capture is { IsTruncated: true, Totals.Packets: 0 }) return;
        Write(DiagnosisText.Draw(capture.Diagnosis, settings.Text, settings.Zone));
    }

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture) =>
        Write(JoinedDiagnosisText.Draw(captures, capture.Diagnosis, capture.Files, settings.Text, settings.Zone));

    private void Write(string text) => settings.Output.Write(Encoding.UTF8.GetBytes(text));
}
