namespace Trama.Hub.Owning;

/// <summary>A partition that this hub holds.</summary>
/// <param name="partition">The partition.</param>
/// <param name="revision">The revision of its lease.</param>
/// <param name="askedMs">When it was asked for, in milliseconds of this machine's uptime.</param>
internal sealed class Holding(int partition, ulong revision, long askedMs) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private long _renewedMs = askedMs;

    /// <summary>The partition.</summary>
    public int Partition => partition;

    /// <summary>The revision of its lease.</summary>
    public ulong Revision { get; set; } = revision;

    /// <summary>When the latest renewal was asked for that was granted, in milliseconds of this machine's uptime.</summary>
    public long RenewedMs
    {
        get => Interlocked.Read(ref _renewedMs);
        set => Interlocked.Exchange(ref _renewedMs, value);
    }

    /// <summary>Who writes it.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Writes it.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>Whether it is given up.</summary>
    public bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>Whether nobody else can have it yet.</summary>
    public bool IsHeld => !IsStopping && Environment.TickCount64 - RenewedMs < LeaseBook.Stop.TotalMilliseconds;

    /// <summary>Gives it up, after what is at work.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>Ends with it, or with the program.</summary>
    public CancellationToken Stopped(CancellationToken program) => CancellationTokenSource.CreateLinkedTokenSource(_stop.Token,
        program).Token;
}
