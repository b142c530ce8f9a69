using System.Buffers;
using Trama.Framing;
using Trama.Peers.Messages;
using Trama.Peers.Replies;

namespace Trama.Peers.Serving;

/// <content>Takes messages and answers them.</content>
public sealed partial class ServerConnection
{
    private ConnectionFraming? _framing;
    private MessageAssembler? _assembler;
    private ReplyBatch? _batch;

    // Answers messages until there is a reason to end; null when the client has heard all and may be the first to close.
    private async Task<ConnectionEnd?> HearAsync()
    {
        do
        {
            await ReadableAsync();
            if (Asked is not null) break;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
            try
            {
                int count = await ReadAsync(buffer);
                if (count < 0) break;
                if (count == 0) return IncompleteBytes > 0 ? ConnectionEnd.Cut : ConnectionEnd.ClientClosed;
                ConnectionEnd? end = await AnswerAsync(buffer.AsMemory(0, count));
                if (end == ConnectionEnd.Replied) break;
                if (end is { } over) return over;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        while (Asked is null);

        return null;
    }

    // Answers every message that is complete; the end of the connection, when it has come.
    private async ValueTask<ConnectionEnd?> AnswerAsync(ReadOnlyMemory<byte> bytes)
    {
        while (Take(ref bytes, out ReadOnlyMemory<byte> message) is not MessageStatus.NeedMore and MessageStatus status)
        {
            if (status != MessageStatus.Complete)
            {
                await SendBatchAsync();
                return status == MessageStatus.TooLarge ? ConnectionEnd.TooLarge : ConnectionEnd.Unfit;
            }

            Messages++;
            _server.Log.Received(this, message.Span);
            Answer answer = await _server.Options.Responder.AnswerAsync(message, Client);
            _framing?.Answered();
            bool last = bytes.IsEmpty || answer.Then != AfterReply.GoOn || !_server.Options.KeepOpen;
            await ReplyAsync(answer.Reply, last);
            if (answer.Then == AfterReply.Reset)
            {
                _transport.Abort();
                return ConnectionEnd.Misbehaved;
            }

            if (answer.Then == AfterReply.Close || !_server.Options.KeepOpen) return ConnectionEnd.Replied;
        }

        await SendBatchAsync();
        return null;
    }

    private MessageStatus Take(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
    {
        if (_server.Options.Framing == FramingRule.Raw)
        {
            message = bytes;
            bytes = default;
            return message.IsEmpty ? MessageStatus.NeedMore : MessageStatus.Complete;
        }

        if (_assembler is null)
        {
            _framing = _server.Options.Framing.Create();
            _assembler = new MessageAssembler(_framing.ToServer, _server.Options.MessageLimit);
        }

        return _assembler.Take(ref bytes, out message);
    }

    // Replies to what came in one read leave in one write, or in a few when they are large.
    private async ValueTask ReplyAsync(ReadOnlyMemory<byte> reply, bool last)
    {
        bool batched = _batch is { Lengths.Count: > 0 };
        if (last && !batched)
        {
            await DeliverAsync(reply, out int clients);
            Tell(reply.Span, clients);
            return;
        }

        _batch ??= new ReplyBatch();
        _batch.Add(reply.Span);
        if (last || _batch.Bytes.Length >= ReadSize) await SendBatchAsync();
    }

    private async ValueTask SendBatchAsync()
    {
        if (_batch is not { Lengths.Count: > 0 } batch) return;
        await DeliverAsync(batch.Bytes, out int clients);
        int at = 0;
        foreach (int length in batch.Lengths)
        {
            Tell(batch.Bytes.Span.Slice(at, length), clients);
            at += length;
        }

        batch.Clear();
    }

    // To the client, or to so many others.
    private ValueTask DeliverAsync(ReadOnlyMemory<byte> replies, out int clients)
    {
        clients = _server.Options.Broadcast ? _server.Broadcast(this, replies) : 0;
        return _server.Options.Broadcast ? default : SendAsync(replies);
    }

    private void Tell(ReadOnlySpan<byte> reply, int clients)
    {
        if (_server.Options.Broadcast) _server.Log.Broadcast(this, reply, clients);
        else _server.Log.Replied(this, reply);
    }
}
