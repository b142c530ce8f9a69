using System.Buffers;
using Trama.Peers.Listening;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving;

/// <summary>What a connection of a server receives and sends: counted, and with a note of when something last moved.</summary>
internal sealed class Traffic(ITransport transport, ProgressClock clock)
{
    /// <summary>One read takes at most this much.</summary>
    public const int ReadSize = 64 << 10;

    private ReadTurns _turns;
    private long _lastProgress = clock.Now;

    /// <summary>Bytes received.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Bytes that the system took.</summary>
    public long SentBytes { get; private set; }

    /// <summary>When something last moved.</summary>
    public long LastProgress => Volatile.Read(ref _lastProgress);

    /// <summary>Something moved just now.</summary>
    public void NoteProgress() => Volatile.Write(ref _lastProgress, clock.Now);

    /// <summary>So many bytes more were sent.</summary>
    public void NoteSent(int count)
    {
        SentBytes += count;
        NoteProgress();
    }

    /// <summary>Waits until there is something to read.</summary>
    public ValueTask ReadableAsync() => _turns.ReadableAsync(transport);

    /// <summary>Reads as <see cref="ITransport.ReceiveAsync"/> does.</summary>
    public async ValueTask<int> ReadAsync(byte[] buffer) => Count(await transport.ReceiveAsync(buffer));

    /// <summary>Reads as <see cref="ITransport.DiscardAsync"/> does.</summary>
    public async ValueTask<int> DiscardAsync(byte[] scratch) => Count(await transport.DiscardAsync(scratch));

    /// <summary>Sends all.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = await transport.SendAsync(bytes);
            bytes = bytes[count..];
            NoteSent(count);
        }
    }

    /// <summary>Sends all of a file, from where it is open.</summary>
    /// <returns>How many bytes that was.</returns>
    public async ValueTask<long> SendFileAsync(FileStream file)
    {
        long before = SentBytes;
        int count;
        while ((count = await transport.SendFileAsync(file)) > 0) NoteSent(count);
        // The system does not do it by itself.
        if (count < 0) await SendReadsAsync(file);
        return SentBytes - before;
    }

    private async ValueTask SendReadsAsync(FileStream file)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            while (await file.ReadAsync(buffer) is > 0 and int count) await SendAsync(buffer.AsMemory(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private int Count(int count)
    {
        if (count > 0) ReceivedBytes += count;
        NoteProgress();
        return count;
    }
}
