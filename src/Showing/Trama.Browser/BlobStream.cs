using System.Runtime.InteropServices.JavaScript;

namespace Trama.Browser;

/// <summary>A file that was dropped on the page: read by slices, of which one at a time is in memory.</summary>
/// <param name="blob">Its number among the files.</param>
/// <param name="length">Its length in bytes.</param>
internal sealed partial class BlobStream(int blob, long length) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, Math.Max(0, length - Position));
        if (count == 0) return 0;
        int read = Slice(blob, Position, buffer[..count]);
        // A file that changes or goes while it is read ends there.
        if (read < 0) throw new IOException();
        Position += read;
        return read;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    [JSImport("read", "blobs")]
    private static partial int Slice(int blob, double position, [JSMarshalAs<JSType.MemoryView>] Span<byte> target);
}
