using System.Buffers;

namespace Trama.Peers.Serving.Conducts;

/// <summary>
/// Passes on each byte that a client says, and says to it what a stream holds. Our side ends with the stream; without one, or when it is
/// empty, with the client's. For one connection.
/// </summary>
/// <param name="input">What to say; null for nothing.</param>
/// <param name="take">Takes what the client says; valid during the call, which may wait.</param>
public sealed class Piping(Stream? input, Action<ReadOnlyMemory<byte>> take) : Conduct
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private Task<int>? _reading;

    /// <summary>Whether the client has said all that it had to say, and was told all of the stream.</summary>
    public bool IsWhole { get; private set; }

    /// <inheritdoc/>
    internal override async Task<ConnectionEnd> ServeAsync(ServerConnection connection)
    {
        Task saying = input is null ? Task.CompletedTask : SayAsync(connection, input);
        while (connection.Asked is null && await TakeAsync(connection) is var count && count >= 0)
        {
            if (count > 0) continue;
            await SaidAsync(saying);
            IsWhole = true;
            break;
        }

        return ConnectionEnd.ClientClosed;
    }

    // The client says no more. A stream that holds nothing for a while, such as one of a person who writes nothing, is not waited for.
    private async Task SaidAsync(Task saying)
    {
        while (!saying.IsCompleted)
        {
            Task? reading = Volatile.Read(ref _reading);
            await Task.WhenAny(saying, Task.Delay(Patience));
            if (reading is { IsCompleted: false } && reading == Volatile.Read(ref _reading)) return;
        }

        await saying;
    }

    // How many bytes came; 0 at the end, -1 when there is nothing now.
    private async Task<int> TakeAsync(ServerConnection connection)
    {
        await connection.Traffic.ReadableAsync();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Traffic.ReadSize);
        try
        {
            int count = await connection.Traffic.ReadAsync(buffer);
            if (count <= 0) return count;
            // Whoever takes may wait, which the thread of the connections must not.
            await Task.Yield();
            take(buffer.AsMemory(0, count));
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SayAsync(ServerConnection connection, Stream source)
    {
        await Task.Yield();
        long before = connection.SentBytes;
        if (source is FileStream { CanSeek: true } file)
        {
            await connection.Traffic.SendFileAsync(file);
        }
        else
        {
            byte[] buffer = new byte[Traffic.ReadSize];
            while (await ReadAsync(source, buffer) is > 0 and int count) await connection.Traffic.SendAsync(buffer.AsMemory(0, count));
        }

        if (connection.SentBytes > before) await connection.Transport.EndAsync();
    }

    private Task<int> ReadAsync(Stream source, byte[] buffer)
    {
        Task<int> reading = source.ReadAsync(buffer).AsTask();
        Volatile.Write(ref _reading, reading);
        return reading;
    }
}
