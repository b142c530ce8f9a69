using System.Text;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Ladder.Svg;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Tests.Fuzz;

/// <summary>The picture of every connection, one after another, as <c>--svg</c> draws the first.</summary>
internal sealed class EveryPicture(FormSettings settings) : IForm, ITraceSink
{
    private readonly SvgForm _needs = new SvgForm(settings);

    public ITraceSink Sink => this;

    public TracingOptions Needs(TracingOptions others) => _needs.Needs(others);

    public void ConnectionEnded(Connection connection) =>
        Write(SvgLadder.Draw(ConnectionLadder.Of(connection, settings.FindingsOf?.Invoke(connection)), settings.Text.Language));

    public void End(TracedCapture capture)
    {
        // All are drawn.
    }

    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        foreach (JoinedConnection joined in shown)
        {
            var ladder = JoinedLadder.Of(captures, joined, capture.Between, capture.Diagnosis.FindingsOf(joined.Shown));
            Write(JoinedSvgLadder.Draw(ladder, settings.Text.Language));
        }
    }

    private void Write(string picture) => settings.Output.Write(Encoding.UTF8.GetBytes(picture));
}
