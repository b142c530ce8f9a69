using Trama.Packets;
using Trama.Replay.Recording;

namespace Trama.Replay.Sending;

/// <summary>
/// What was heard on any connection before another was opened: who opened that may have waited for it, such as who publishes for those who
/// have subscribed. Where a server takes longer now, it is waited for, but only for a moment. Safe for threads.
/// </summary>
internal sealed class EarlierReplies
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _changing = new();
    private readonly (long AtNs, RecordedExchange Exchange)[] _replies;
    private readonly HashSet<RecordedExchange> _over = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<RecordedExchange> _awaited = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource? _heard;
    private int _next;

    /// <param name="connections">What is played.</param>
    public EarlierReplies(IReadOnlyList<RecordedConnection> connections) => _replies =
    [
        .. connections.SelectMany(connection => connection.Exchanges
                .Where(exchange => exchange is { Request.From: Tracing.Side.Client, Reply.IsComplete: true })
                .Select(exchange => (AtNs: connection.OpenedAt.Nanoseconds + exchange.Reply!.EndNs, exchange)))
            .OrderBy(reply => reply.AtNs),
    ];

    /// <summary>An exchange is over.</summary>
    public void End(RecordedExchange exchange)
    {
        lock (_changing)
        {
            if (!_awaited.Remove(exchange)) _over.Add(exchange);
            else if (_awaited.Count == 0) _heard?.TrySetResult();
        }
    }

    /// <summary>Waits for what was heard before a connection was opened.</summary>
    /// <param name="openedAt">When it was; not before the one asked for last.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It is to stop.</exception>
    public async Task WhenHeardAsync(Timestamp openedAt, TimeProvider time, CancellationToken stop)
    {
        lock (_changing)
        {
            for (; _next < _replies.Length && _replies[_next].AtNs <= openedAt.Nanoseconds; _next++)
                if (!_over.Remove(_replies[_next].Exchange)) _awaited.Add(_replies[_next].Exchange);
            if (_awaited.Count == 0) return;
            _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await _heard.Task.WaitAsync(s_patience, time, stop);
        }
        catch (TimeoutException)
        {
            // What takes so long now holds nobody up again.
            lock (_changing) _awaited.Clear();
        }
    }
}
