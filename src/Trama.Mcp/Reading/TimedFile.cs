using Microsoft.Win32.SafeHandles;

namespace Trama.Mcp.Reading;

/// <summary>A file that ends when the time of a call is over: one that is compressed may be far longer than it looks, without a packet.
/// </summary>
internal sealed class TimedFile(SafeFileHandle file, CallTime time) : FileStream(file, FileAccess.Read, bufferSize: 0)
{
    private volatile bool _wasStopped;

    /// <summary>Whether it was ended before its end.</summary>
    public bool WasStopped => _wasStopped;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Goes() ? base.Read(buffer) : 0;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Goes() ? base.Read(buffer, offset, count) : 0;

    // Read on another thread, too, which cannot be told of by an exception.
    private bool Goes()
    {
        if (time.Left == TimeSpan.Zero || time.Client.IsCancellationRequested) _wasStopped = true;
        return !_wasStopped;
    }
}
