using Trama.Peers.Replies;

namespace Trama.Peers.Serving.Conducts;

/// <summary>A client whose messages are answered.</summary>
internal sealed class AnsweredClient(ServerConnection connection, Responder responder) : HeardClient(connection)
{
    /// <inheritdoc/>
    protected override async ValueTask<ConnectionEnd?> TakeAsync(ReadOnlyMemory<byte> message, bool isLast)
    {
        Answer answer = await Connection.AnswerAsync(responder, message);
        if (answer.Trouble is { } trouble) Connection.Log.Troubled(Connection, trouble);
        bool ends = answer.Then != AfterReply.GoOn || (!Connection.Options.KeepOpen && !Connection.Transport.IsMute);
        await ReplyAsync(answer, isLast || ends);
        if (answer.Then != AfterReply.Reset) return ends ? ConnectionEnd.Replied : null;
        Connection.Transport.Abort();
        return ConnectionEnd.Misbehaved;
    }

    /// <inheritdoc/>
    protected override ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => Connection.Traffic.SendAsync(bytes);

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<byte> sent) => Connection.Log.Replied(Connection, sent);

    private async ValueTask ReplyAsync(Answer answer, bool isLast)
    {
        if (answer.File is { } path)
        {
            await FlushAsync();
            await SendFileAsync(path);
            return;
        }

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

    private async ValueTask SendFileAsync(string path)
    {
        await using FileStream file = Open(path);
        long count = await Connection.Traffic.SendFileAsync(file);
        Connection.Log.RepliedFile(Connection, path, count);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResponderException(ResponderFailure.Unreadable, error);
        }
    }
}
