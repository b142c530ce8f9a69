using System.Runtime.ExceptionServices;
using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Where the messages of all connections are built, one step after another: at once, or on a thread of its own, to which the steps go in
/// batches, so that streams and messages are worked on at the same time. The order is the same.
/// </summary>
/// <param name="isApart">Whether there may be a thread; it is started by the first full batch.</param>
internal sealed class MessageLane(bool isApart)
{
    // Guards what both threads see: which of them has the second batch, and whether there will be more.
    private readonly object _gate = new();
    private StepBatch? _filling = isApart ? new() : null;
    private StepBatch? _working = isApart ? new() : null;
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isWorking;
    private bool _ended;

    /// <summary>Takes the next step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="bytes">Its bytes; valid during the call.</param>
    public void Give(in MessageStep step, ReadOnlySpan<byte> bytes = default)
    {
        if (_filling is null)
        {
            step.Take(bytes);
            return;
        }

        if (_filling.TryAdd(step, bytes)) return;
        HandOver();
        _filling.TryAdd(step, bytes);
    }

    /// <summary>Takes the next bytes of a stream.</summary>
    public void Bytes(ConnectionMessages messages, Side from, long offset, PacketStamp packet, ReadOnlySpan<byte> bytes)
    {
        // At once, and nothing waits: the way of nearly all bytes.
        if (_filling is null && !messages.IsHolding) messages.Take(from, offset, bytes, packet);
        else Give(MessageStep.Bytes(messages, from, offset, packet), bytes);
    }

    /// <summary>The server has everything of the client's stream before an offset.</summary>
    public void Acknowledgement(ConnectionMessages messages, long offset, Timestamp at, long? rttNs)
    {
        if (_filling is null && !messages.IsHolding) messages.Acknowledge(offset, at, rttNs);
        else Give(MessageStep.Acknowledgement(messages, offset, at, rttNs));
    }

    /// <summary>Returns when every step given so far has been taken.</summary>
    public void Settle()
    {
        if (_thread is null)
        {
            _filling?.TakeAll();
            return;
        }

        HandOver();
        lock (_gate) WaitForWorker();
    }

    /// <summary>Settles, and ends the thread.</summary>
    public void Complete()
    {
        Settle();
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
    }

    private void HandOver()
    {
        _thread ??= Start();
        lock (_gate)
        {
            WaitForWorker();
            (_filling, _working) = (_working, _filling);
            _isWorking = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void WaitForWorker()
    {
        while (_isWorking) Monitor.Wait(_gate);
        // What the sink threw belongs to whoever gave the steps.
        _failure?.Throw();
    }

    private Thread Start()
    {
        var thread = new Thread(Work) { IsBackground = true, Name = "messages" };
        thread.Start();
        return thread;
    }

    private void Work()
    {
        while (true)
        {
            lock (_gate)
            {
                while (!_isWorking && !_ended) Monitor.Wait(_gate);
                if (_ended) return;
            }

            ExceptionDispatchInfo? failure = null;
            try
            {
                _working!.TakeAll();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }

            lock (_gate)
            {
                (_failure, _isWorking) = (failure, false);
                Monitor.PulseAll(_gate);
            }
        }
    }
}
