using System.Text;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Ladder.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Draws the ladder of each connection as text, once it has ended.</summary>
public sealed class LadderForm(FormSettings settings) : IForm, IShardedSink
{
    private bool _drawn;

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others.WithDrawings();

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new SilentPart();

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection) =>
        Draw(connection.Id, TextLadder.Draw(ConnectionLadder.Of(connection, settings.FindingsOf?.Invoke(connection)), settings.Text));

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        // Every connection has been drawn.
    }

    /// <inheritdoc/>
    public void Show(JoinedCapture captures, IReadOnlyList<JoinedConnection> shown, TracedCapture capture)
    {
        foreach (JoinedConnection connection in shown)
        {
            var ladder = JoinedLadder.Of(captures, connection, capture.Between, capture.Diagnosis.FindingsOf(connection.Shown));
            Draw(connection.Id, JoinedTextLadder.Draw(ladder, settings.Text));
        }
    }

    private void Draw(long id, string ladder)
    {
        string heading = settings.Text.Language.Pick($"connection {id}", $"conexão {id}");
        settings.Output.Write(Encoding.UTF8.GetBytes($"{(_drawn ? "\n" : "")}{heading}\n{ladder}"));
        _drawn = true;
    }
}
