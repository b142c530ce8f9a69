using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Peers.Serving.Conducts;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Serving;

/// <summary>What is done about the requests of one connection that were not recorded.</summary>
internal sealed class UnknownRequests(
    ClientLine line, Script script, Repertoire repertoire, Dialect dialect, ReplayServerOptions options, RelayedEnds ends,
    TimeProvider time) : IDisposable
{
    private const MessageTraits OneWay =
        MessageTraits.NoReply | MessageTraits.Unsolicited | MessageTraits.Answers | MessageTraits.Goodbye | MessageTraits.Aborts;

    /// <summary>What stands for the reply where a request is refused.</summary>
    public static RecordedMessage Refused { get; } =
        new() { From = Side.Server, AtNs = 0, EndNs = 0, Length = 0, Offset = 0, Failed = true };

    private RelayedRequests? _relayed;

    /// <summary>Does it, unless the nearest recorded request is to answer.</summary>
    public async ValueTask<bool> TryAnswerAsync(LiveMessage asked, Outbox outbox)
    {
        // Nobody waits for something.
        if ((asked.Traits & OneWay) != 0) return true;
        if (OwnReply(asked) is { } own)
        {
            outbox.Add(asked.HeardAt, () => Own(own));
            return true;
        }

        if (options.Unknown is UnknownPolicy.Nearest) return false;
        if (options.Unknown is UnknownPolicy.Relay && ends.Include(line.Connection.Client, line.Connection.Local))
        {
            Refuse(asked, outbox, UnknownAnswer.Loop);
            return true;
        }

        Tell(asked, options.Unknown switch
        {
            UnknownPolicy.Reply => UnknownAnswer.Given,
            UnknownPolicy.Relay => UnknownAnswer.Relay,
            _ => UnknownAnswer.Close,
        });
        switch (options.Unknown)
        {
            case UnknownPolicy.Reply(var bytes):
                outbox.Add(asked.HeardAt, () => Own(bytes));
                break;
            case UnknownPolicy.Relay relay:
                _relayed ??= new RelayedRequests(relay, script, ends, time);
                long begun = time.GetTimestamp();
                if (await AskAsync(asked) is not { } reply) outbox.EndAt((time.GetTimestamp(), LineEnd.Close));
                else
                {
                    if (relay.Learned is not null) repertoire.Learn(_relayed.Learned(asked, reply, time.GetElapsedTime(begun)));
                    outbox.Add(time.GetTimestamp(), () => dialect.Say(reply, RelayedRequests.AsRecorded(asked, Side.Client), asked));
                }

                break;
            default:
                outbox.EndAt((time.GetTimestamp(), LineEnd.Close));
                break;
        }

        return true;
    }

    /// <summary>The nearest recorded request, of which is told; null when there is none.</summary>
    public ScriptedRequest? Nearest(LiveMessage asked, Adaptation adaptation)
    {
        ScriptedRequest? nearest = repertoire.Nearest(asked, adaptation);
        if (nearest is not null) options.Told(new UnknownRequest(line.Connection.Id, asked.Operation, UnknownAnswer.Nearest,
            nearest.Message.Operation));
        return nearest;
    }

    /// <summary>Nothing recorded is near: the client hears that, and does not wait for ever.</summary>
    public void Refuse(LiveMessage asked, Outbox outbox)
    {
        // What was captured of one side alone is played so, and who waits for nothing is told nothing.
        if (!repertoire.HasReplies || asked.ReplyDue == false)
        {
            Tell(asked, UnknownAnswer.Nothing);
            return;
        }

        Refuse(asked, outbox, UnknownAnswer.Refusal);
    }

    private void Refuse(LiveMessage asked, Outbox outbox, UnknownAnswer answer)
    {
        outbox.Add(asked.HeardAt, () =>
        {
            ReadOnlyMemory<byte>? refusal = dialect.Refuse(asked);
            Tell(asked, refusal is null && answer == UnknownAnswer.Refusal ? UnknownAnswer.Close : answer);
            if (refusal is null) outbox.EndAt((time.GetTimestamp(), LineEnd.Close));
            return refusal ?? default;
        });
    }

    private void Tell(LiveMessage asked, UnknownAnswer answer) =>
        options.Told(new UnknownRequest(line.Connection.Id, asked.Operation, answer));

    /// <inheritdoc/>
    public void Dispose() => _relayed?.Dispose();

    private async ValueTask<RecordedMessage?> AskAsync(LiveMessage asked)
    {
        try
        {
            return await _relayed!.AskAsync(asked);
        }
        catch (Exception error) when (error is ClientException or SocketException or IOException or TimeoutException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte>? OwnReply(LiveMessage asked)
    {
        lock (dialect) return dialect.UnknownReply(asked);
    }

    private ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> bytes)
    {
        dialect.SayOwn(bytes.Span);
        return bytes;
    }
}
