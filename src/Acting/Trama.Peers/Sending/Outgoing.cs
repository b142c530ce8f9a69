using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>What a client sends.</summary>
/// <param name="transport">The connection.</param>
/// <param name="limit">How long the server may take to take more.</param>
/// <param name="time">The clock.</param>
internal sealed class Outgoing(ITransport transport, TimeSpan limit, TimeProvider time)
{
    private const int BufferSize = 256 << 10;

    // The read of the input in progress, or the last one.
    private Task? _reading;

    /// <summary>Sends all of these bytes.</summary>
    /// <exception cref="ClientException">The server did not take more in time.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[await InTimeAsync(transport.SendAsync(bytes))..];
        }
        catch (MisbehaviourException end) when (!end.IsReset)
        {
            await EndAsync();
        }
    }

    /// <summary>Has the system send what follows in a file, where it can.</summary>
    /// <exception cref="ClientException">The server did not take more in time.</exception>
    public async Task SendFileAsync(FileStream file)
    {
        // The system reads the file meanwhile, which must not hold up what is received.
        await Task.Yield();
        while (await InTimeAsync(transport.SendFileAsync(file)) > 0)
        {
        }
    }

    /// <summary>Reads all of a stream, and has each piece sent.</summary>
    /// <param name="first">What comes first; may be empty.</param>
    /// <param name="input">The rest.</param>
    /// <param name="send">Sends a piece; its bytes are valid until then.</param>
    public async Task SendAllAsync(ReadOnlyMemory<byte> first, Stream input, Func<ReadOnlyMemory<byte>, Task> send)
    {
        // Reading a file or a terminal blocks, and must not hold up what is received.
        await Task.Yield();
        byte[] buffer = new byte[BufferSize];
        for (ReadOnlyMemory<byte> piece = first.IsEmpty ? await ReadAsync(input, buffer) : first; !piece.IsEmpty;
            piece = await ReadAsync(input, buffer)) await send(piece);
    }

    /// <summary>Ends our side.</summary>
    public ValueTask EndAsync() => transport.EndAsync();

    /// <summary>
    /// The server has closed. What is still to be sent shows whether it takes it; one who writes nothing more is not waited for.
    /// </summary>
    /// <param name="sending">The sending in progress.</param>
    /// <param name="gap">How long one must write nothing.</param>
    /// <exception cref="ClientException">It does not take it.</exception>
    public async Task WhenClosedAsync(Task sending, TimeSpan gap)
    {
        Task? idle = null;
        while (!sending.IsCompleted && (_reading is null || _reading != idle))
        {
            Task? reading = Volatile.Read(ref _reading);
            await Task.WhenAny(sending, Task.Delay(gap, time));
            idle = reading is { IsCompleted: false } ? reading : null;
        }

        try
        {
            if (sending.IsCompleted) await sending;
        }
        catch (Exception error) when (ClientException.Of(error) is { Failure: not ClientFailure.Misbehaved })
        {
            throw new ClientException(ClientFailure.NotAllTaken, error);
        }
    }

    private async ValueTask<int> InTimeAsync(ValueTask<int> sending)
    {
        try
        {
            return sending.IsCompleted ? await sending : await sending.AsTask().WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            throw new ClientException(ClientFailure.SendTimedOut);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Stream input, byte[] buffer)
    {
        Task<int> reading = input.ReadAsync(buffer).AsTask();
        Volatile.Write(ref _reading, reading);
        try
        {
            return buffer.AsMemory(0, await reading);
        }
        catch (IOException error)
        {
            throw new ClientException(ClientFailure.InputUnreadable, error);
        }
    }
}
