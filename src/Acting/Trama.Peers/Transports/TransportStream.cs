using System.Runtime.CompilerServices;

namespace Trama.Peers.Transports;

/// <summary>A transport as a stream, for what can only be had over one.</summary>
internal sealed class TransportStream(ITransport transport) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads at least one byte; no bytes wait until there is something to read.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!buffer.IsEmpty) return transport.ReceiveAsync(buffer);
        ValueTask readable = transport.ReadableAsync();
        if (!readable.IsCompletedSuccessfully) return NothingAsync(readable);
        readable.GetAwaiter().GetResult();
        return new(0);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty) buffer = buffer[await transport.SendAsync(buffer)..];
    }

    /// <summary>Nothing is held back.</summary>
    public override void Flush()
    {
    }

    // That of the base class runs the other one on another thread.
    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // Once for each request, so its memory is used again.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> NothingAsync(ValueTask readable)
    {
        await readable;
        return 0;
    }
}
