using System.Buffers;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Replay.Recording.Transfers;

namespace Trama.Replay.Sending;

/// <summary>What a played client carries beside its conversation, one after the other. Safe for threads.</summary>
/// <param name="dialect">How it speaks; locked while it is used.</param>
/// <param name="keeps">Whether what the server sends is kept.</param>
/// <param name="stop">Ends all before their time.</param>
internal sealed class PlayedTransfers(Dialect dialect, bool keeps, CancellationToken stop) : IDisposable
{
    private readonly Lock _changing = new();
    private RecordedExchange? _exchange;
    private ArrayBufferWriter<byte>? _heard;
    private CancellationTokenSource? _givenUp;
    private TaskCompletionSource _ready = new();
    private Task _carrying = Task.CompletedTask, _telling = Task.CompletedTask;

    /// <summary>What was carried, in one piece.</summary>
    public static ReadOnlyMemory<byte> Joined(RecordedTransfer transfer)
    {
        var joined = new ArrayBufferWriter<byte>();
        foreach (RecordedMessage piece in transfer.Pieces) joined.Write(piece.Bytes.Span);
        return joined.WrittenMemory;
    }

    /// <summary>An exchange was asked for that carries something.</summary>
    public void Begin(RecordedExchange exchange)
    {
        lock (_changing)
        {
            _givenUp?.Cancel();
            _givenUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
            (_exchange, _heard) = (exchange, keeps ? new ArrayBufferWriter<byte>() : null);
            _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (dialect) _carrying = dialect.CarryAsync(exchange, _heard, _ready.Task, _givenUp.Token);
        }
    }

    /// <summary>The server has said that it is about to carry.</summary>
    public void GoAhead()
    {
        lock (_changing) _ready.TrySetResult();
    }

    /// <summary>The server has said how an exchange ended.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="hasFailed">Whether nothing will be carried.</param>
    /// <param name="tell">Is told what the server sent, once that is over.</param>
    public void End(RecordedExchange exchange, bool hasFailed, Action<ReadOnlyMemory<byte>> tell)
    {
        lock (_changing)
        {
            bool isOpen = ReferenceEquals(exchange, _exchange);
            if (isOpen && hasFailed) _givenUp!.Cancel();
            if (isOpen) _ready.TrySetResult();
            _telling = Task.WhenAll(_telling, TellAsync(isOpen ? _carrying : Task.CompletedTask, isOpen ? _heard : null, tell));
        }
    }

    /// <summary>Waits until what was ended is over, too.</summary>
    public Task WhenOverAsync()
    {
        lock (_changing) return _telling;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_changing) _givenUp?.Cancel();
    }

    private static async Task TellAsync(Task carrying, ArrayBufferWriter<byte>? heard, Action<ReadOnlyMemory<byte>> tell)
    {
        await carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        tell(heard?.WrittenMemory ?? default);
    }
}
