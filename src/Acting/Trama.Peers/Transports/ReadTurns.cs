namespace Trama.Peers.Transports;

/// <summary>
/// Waits for something to read; whoever always finds something gives way to the other connections after many reads in a row.
/// </summary>
internal struct ReadTurns
{
    private const int InARow = 32;

    private int _inARow;

    /// <summary>Waits as <see cref="ITransport.ReadableAsync"/> does.</summary>
    // Not an async method: it would cost an allocation for each wait.
    public ValueTask ReadableAsync(ITransport transport)
    {
        ValueTask readable = transport.ReadableAsync();
        if (!readable.IsCompleted) _inARow = 0;
        if (++_inARow <= InARow) return readable;
        _inARow = 0;
        return GiveWayAsync(readable);
    }

    private static async ValueTask GiveWayAsync(ValueTask readable)
    {
        await Task.Yield();
        await readable;
    }
}
