using System.Text;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Ladder.Svg;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Draws the ladder of the first connection that it is told of as a picture, at the end.</summary>
public sealed class SvgForm(FormSettings settings) : IForm, IShardedSink
{
    private Connection? _first;

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others.WithDrawings();

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new SilentPart();

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection) => _first ??= connection;

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        if (_first is not { } drawn) return;
        var ladder = ConnectionLadder.Of(drawn, capture.Diagnosis.FindingsOf(drawn));
        Write(SvgLadder.Draw(ladder, settings.Text.Language));
    }

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        if (shown is not [var drawn, ..]) return;
        var ladder = JoinedLadder.Of(captures, drawn, capture.Between, capture.Diagnosis.FindingsOf(drawn.Shown));
        Write(JoinedSvgLadder.Draw(ladder, settings.Text.Language));
    }

    private void Write(string picture) => settings.Output.Write(Encoding.UTF8.GetBytes(picture));
}
