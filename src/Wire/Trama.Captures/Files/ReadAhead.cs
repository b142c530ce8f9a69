namespace Trama.Captures.Files;

/// <summary>
/// Reads a stream one block ahead, on a thread of its own, so that the kernel's copying and decompression take place on a second core.
/// Two buffers go back and forth; nothing is copied.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    /// <summary>Room in front of each block, for what was left of the block before.</summary>
    public const int Headroom = 64 * 1024;

    /// <summary>The length of a buffer: the room in front, and the block.</summary>
    public const int BufferLength = Headroom + 1024 * 1024;

    // How often the one who waits is asked for patience.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Stream _stream;
    private readonly SemaphoreSlim _filled = new(0);
    private readonly SemaphoreSlim _free = new(1);
    private byte[] _buffer = new byte[BufferLength];
    private int _length;
    private volatile bool _disposed;

    /// <summary>Starts to read.</summary>
    public ReadAhead(Stream stream)
    {
        _stream = stream;
        new Thread(Run) { IsBackground = true, Name = "read ahead" }.Start();
    }

    /// <summary>What made the stream end early; to be asked for when <see cref="Take"/> gave nothing.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Waits for the next block, which stands in the buffer from <see cref="Headroom"/> on.</summary>
    /// <param name="waiting">See <see cref="CaptureFile.Waiting"/>.</param>
    /// <param name="length">Its length; 0 at the end of the stream, after which there is nothing more to take.</param>
    /// <remarks>To be followed by <see cref="GiveBack"/>, unless it was the end.</remarks>
    public byte[] Take(Func<bool>? waiting, out int length)
    {
        for (bool isFilled = _filled.Wait(0); !isFilled; isFilled = _filled.Wait(Patience))
        {
            if (waiting?.Invoke() != false) continue;
            length = 0;
            return [];
        }

        length = _length;
        return _buffer;
    }

    /// <summary>Hands over a buffer, of at least the length of those taken, to be filled with the block after.</summary>
    public void GiveBack(byte[] buffer)
    {
        _buffer = buffer;
        _free.Release();
    }

    /// <summary>Ends reading, and closes the stream unless a read is still under way.</summary>
    public void Dispose()
    {
        _disposed = true;
        _free.Release();
    }

    private void Run()
    {
        do
        {
            _free.Wait();
            _length = _disposed ? 0 : Fill();
            _filled.Release();
        }
        while (_length > 0);
        _stream.Dispose();
    }

    private int Fill()
    {
        try
        {
            return _stream.Read(_buffer, Headroom, _buffer.Length - Headroom);
        }
        catch (Exception error) when (InputWindow.IsReadError(error))
        {
            Error = error;
            return 0;
        }
    }
}
