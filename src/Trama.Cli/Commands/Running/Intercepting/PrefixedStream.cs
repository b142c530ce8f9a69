namespace Trama.Cli.Commands.Running.Intercepting;

/// <summary>A stream of which some bytes were read already, and come first once more; it knows when it has ended.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream stream) : Stream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    /// <summary>Whether a reader has met its end.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => stream.Read(buffer, offset, count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_prefix.IsEmpty)
        {
            int read = await stream.ReadAsync(buffer, cancellationToken);
            // A reader that asks for nothing only waits until there is something.
            HasEnded |= read == 0 && !buffer.IsEmpty;
            return read;
        }

        int count = Math.Min(_prefix.Length, buffer.Length);
        _prefix[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }

    public override void Write(byte[] buffer, int offset, int count) => stream.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        stream.WriteAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }
}
