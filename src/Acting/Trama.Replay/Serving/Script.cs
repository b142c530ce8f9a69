using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Serving;

/// <summary>A recorded connection as a server plays it: what the client said, and what the server did each time.</summary>
internal sealed class Script
{
    private Script(RecordedConnection recorded, RecordedConnection served) => (Recorded, Connection) = (recorded, served);

    /// <summary>The connection as it was recorded.</summary>
    public RecordedConnection Recorded { get; }

    /// <summary>The connection, as it can be served.</summary>
    public RecordedConnection Connection { get; }

    /// <summary>What the server said before the client's first words; delays are from the opening.</summary>
    public List<Consequence> Greeting { get; } = [];

    /// <summary>What the client said.</summary>
    public List<ScriptedRequest> Requests { get; } = [];

    /// <summary>How the server ended the connection, where the client had said nothing before.</summary>
    public RecordedEnd End { get; private set; }

    /// <summary>How long after the opening it did.</summary>
    public long EndDelayNs { get; private set; }

    /// <summary>The script of a recorded connection.</summary>
    public static Script Of(RecordedConnection recorded)
    {
        RecordedConnection served = recorded.IsSealed ? recorded : new Adaptations().Of(recorded.Protocol).ToServe(recorded);
        return new Script(recorded, served).Read();
    }

    /// <summary>The script of a connection that can be served as it is.</summary>
    public static Script Served(RecordedConnection recorded) => new Script(recorded, recorded).Read();

    private Script Read()
    {
        var byMessage = new Dictionary<RecordedMessage, ScriptedRequest>(ReferenceEqualityComparer.Instance);
        foreach (RecordedMessage message in Connection.Messages.Where(message => message.From == Side.Client))
        {
            var request = new ScriptedRequest(this, Requests.Count, message);
            Requests.Add(request);
            byMessage[message] = request;
        }

        var replies = new HashSet<RecordedMessage>(ReferenceEqualityComparer.Instance);
        foreach (RecordedExchange exchange in Connection.Exchanges)
        {
            if (exchange.Request is not { From: Side.Client } asked) continue;
            if (exchange.Transfer is not null) byMessage[asked].Carrying = exchange;
            foreach (RecordedMessage reply in exchange.Messages.Skip(1))
            {
                replies.Add(reply);
                long delay = ReferenceEquals(reply, exchange.Reply) && exchange.ServerNs is { } server ? server : reply.AtNs - asked.EndNs;
                byMessage[asked].Consequences.Add(new(reply, asked, delay));
            }
        }

        foreach (RecordedMessage message in Connection.Messages.Where(message => message.From == Side.Server && !replies.Contains(message)))
        {
            if (Before(message.AtNs) is { } cause) cause.Consequences.Add(new(message, null, message.AtNs - cause.Message.EndNs));
            else Greeting.Add(new(message, null, message.AtNs));
        }

        TakeEnd();
        return this;
    }

    private void TakeEnd()
    {
        // What the server did once the client had ended is its answer to that.
        if (Connection.ServerEndNs is not { } at || (Connection.ClientEndNs < at && Connection.ServerEnd == RecordedEnd.Fin)) return;
        if (Before(at) is { } last) (last.End, last.EndDelayNs) = (Connection.ServerEnd, at - last.Message.EndNs);
        else (End, EndDelayNs) = (Connection.ServerEnd, at);
    }

    // The last message of the client that was whole at some time.
    private ScriptedRequest? Before(long atNs)
    {
        int low = 0, high = Requests.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Requests[middle].Message.EndNs <= atNs) low = middle + 1;
            else high = middle;
        }

        return low > 0 ? Requests[low - 1] : null;
    }
}
