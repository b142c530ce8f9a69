using System.Runtime.InteropServices;
using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// What is written to a handle that the process was started with. The streams of the runtime's console send control sequences to a terminal
/// before the first byte; its file streams would not see that others write to the same file.
/// </summary>
internal sealed class HandleOutput(int handle) : OutputStream
{
    private const int Interrupted = 4; // EINTR
    private const int BrokenPipe = 32; // EPIPE
    private const int NoHandle = 9; // EBADF

    // Without the calls of POSIX, the runtime's stream has to do.
    private readonly Stream? _console = !OperatingSystem.IsWindows() ? null
        : handle == 2 ? Console.OpenStandardError() : Console.OpenStandardOutput();

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public bool IsReaderGone { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="IOException">It could not be written; the error of the system is its number.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_console is not null)
        {
            _console.Write(buffer);
            return;
        }

        if (StandardHandles.IsMissing(handle)) Fail(NoHandle);
        while (!buffer.IsEmpty)
        {
            nint written = Libc.Write(handle, buffer, (nuint)buffer.Length);
            if (written >= 0) buffer = buffer[(int)written..];
            else if (Marshal.GetLastPInvokeError() is var error and not Interrupted) Fail(error);
        }
    }

    // A terminal or pipe whose other users asked not to be kept waiting takes more later.
    private void Fail(int error)
    {
        IsReaderGone = error == BrokenPipe;
        if (error != TryAgain) throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        var ready = new PollRequest { Handle = handle, Events = PollRequest.CanWrite };
        _ = Libc.Poll(ref ready, 1, -1);
    }

    private static int TryAgain => OperatingSystem.IsMacOS() ? 35 : 11; // EAGAIN
}
