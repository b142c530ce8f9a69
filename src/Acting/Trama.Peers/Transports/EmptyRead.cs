namespace Trama.Peers.Transports;

/// <summary>Waits for something to read by a read of no bytes, which goes on in the background when the wait is ended early.</summary>
internal sealed class EmptyRead
{
    private readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<int>? _reading;

    /// <summary>Whether there is a read that has found nothing yet.</summary>
    public bool IsPending => Volatile.Read(ref _reading) is { IsCompleted: false };

    /// <summary>Ends this wait and those to come.</summary>
    public void Wake() => _woken.TrySetResult();

    /// <summary>Waits until there is something to read, or <see cref="Wake"/> is called.</summary>
    public ValueTask WaitAsync(Func<ValueTask<int>> read)
    {
        if (_reading is null)
        {
            ValueTask<int> reading = read();
            if (reading.IsCompletedSuccessfully) return default;
            _reading = reading.AsTask();
        }

        return new ValueTask(_woken.Task.IsCompleted ? _reading : FirstAsync(_reading));
    }

    /// <summary>Ends the wait, so that bytes may be read.</summary>
    public async ValueTask EndAsync()
    {
        if (_reading is not { } reading) return;
        _ = await reading;
        _reading = null;
    }

    private async Task FirstAsync(Task reading) => await await Task.WhenAny(reading, _woken.Task);
}
