using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Trama.Cli.ThisProcess;

/// <summary>Standard output as bytes, unbuffered, whose writes fail when nobody reads any more.</summary>
internal static class StandardOutput
{
    /// <summary>
    /// The stream of standard output. A write throws <see cref="IOException"/> when the reader of a pipe has gone
    /// (see <see cref="IsClosed"/>), when the disk is full and when there is no standard output; the console's own stream keeps
    /// silent about the first.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || StandardHandles.IsMissing(1)) return new HandleOutput(1);
        try
        {
            return new Pipe();
        }
        catch (Exception noPipe) when (noPipe is IOException or UnauthorizedAccessException)
        {
            return new HandleOutput(1);
        }
    }

    /// <summary>Whether a failed write to <paramref name="output"/> means that its reader has gone: the command ends quietly.</summary>
    public static bool IsClosed(Stream output) => output is Pipe or HandleOutput { IsReaderGone: true };

    // Stays open to the end of the process, whoever disposes of it: to close a handle that it does not own, the class
    // of the runtime would wait for ever.
    private sealed class Pipe : OutputStream
    {
        private readonly AnonymousPipeClientStream _pipe = new(PipeDirection.Out, new SafePipeHandle(1, ownsHandle: false));

        public override void Write(ReadOnlySpan<byte> buffer) => _pipe.Write(buffer);
    }
}
