using Trama.Framing;
using Trama.Replay.Recording;

namespace Trama.Replay.Serving;

/// <summary>A message of a recorded client, and what came of it.</summary>
/// <param name="script">What it is a part of.</param>
/// <param name="position">Its place there, from 0.</param>
/// <param name="message">The message.</param>
internal sealed class ScriptedRequest(Script script, int position, RecordedMessage message)
{
    /// <summary>What it is a part of.</summary>
    public Script Script { get; } = script;

    /// <summary>The message.</summary>
    public RecordedMessage Message { get; } = message;

    /// <summary>What the server said, in order.</summary>
    public List<Consequence> Consequences { get; } = [];

    /// <summary>What the server replied; null when it did not.</summary>
    public RecordedMessage? Reply => Consequences.Where(consequence => consequence.AskedThen is not null)
        .Select(consequence => consequence.Message).LastOrDefault(message => (message.Traits & MessageTraits.Interim) == 0);

    /// <summary>The exchange that it began, where that carried something beside the connection; null where it did not.</summary>
    public RecordedExchange? Carrying { get; set; }

    /// <summary>How the server ended the connection after that.</summary>
    public RecordedEnd End { get; set; }

    /// <summary>How long after the message it did.</summary>
    public long EndDelayNs { get; set; }

    /// <summary>By what it is told from others; the same of those that are alike.</summary>
    public UInt128 Likeness { get; set; }

    /// <summary>How often it was played.</summary>
    public int Uses { get; set; }

    /// <summary>The one after it in its connection; null after the last.</summary>
    public ScriptedRequest? Next => position + 1 < Script.Requests.Count ? Script.Requests[position + 1] : null;
}
