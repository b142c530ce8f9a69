namespace Trama.Mcp;

/// <summary>What the client says, and that it has gone: nobody waits any more for what is still at work.</summary>
/// <param name="lines">What it says.</param>
/// <param name="gone">Told when it ends; where somebody else tells it first, it ends too.</param>
internal sealed class ClientInput(RequestLines lines, CancellationTokenSource gone) : Stream
{
    private ReadOnlyMemory<byte> _line;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            // A read of standard input is not to be broken off, only to be left alone.
            if (_line.IsEmpty) _line = await lines.NextAsync(cancellationToken).WaitAsync(gone.Token).ConfigureAwait(false);
            if (_line.IsEmpty) await gone.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return 0;
        }

        int read = Math.Min(_line.Length, buffer.Length);
        _line[..read].CopyTo(buffer);
        _line = _line[read..];
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
