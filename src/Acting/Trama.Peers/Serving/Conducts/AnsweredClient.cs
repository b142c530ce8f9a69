using Trama.Peers.Replies;

namespace Trama.Peers.Serving.Conducts;

/// <summary>A client whose messages are answered.</summary>
internal sealed class AnsweredClient(ServerConnection connection, Responder responder) : HeardClient(connection)
{
    /// <inheritdoc/>
    protected override async ValueTask<ConnectionEnd?> TakeAsync(ReadOnlyMemory<byte> message, bool isLast)
    {
        Answer answer = await Connection.AnswerAsync(responder, message);
        bool ends = answer.Then != AfterReply.GoOn || !Connection.Options.KeepOpen;
        await ReplyAsync(answer, isLast || ends);
        if (answer.Then != AfterReply.Reset) return ends ? ConnectionEnd.Replied : null;
        Connection.Transport.Abort();
        return ConnectionEnd.Misbehaved;
    }

    /// <inheritdoc/>
    protected override ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => Connection.SendAsync(bytes);

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<byte> sent) => Connection.Log.Replied(Connection, sent);

    private async ValueTask ReplyAsync(Answer answer, bool isLast)
    {
        if (isLast && !HasGathered)
        {
            if (answer.HeldBytes > 0) HoldNow(answer.HeldBytes);
            await SendAsync(answer.Reply);
            Tell(answer.Reply.Span);
            return;
        }

        await GatherAsync(answer.Reply);
        if (isLast) await FlushAsync();
    }
}
