using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Trama.Cli;

/// <summary>Standard output as bytes, unbuffered, whose writes fail when nobody reads any more.</summary>
internal static class StandardOutput
{
    /// <summary>
    /// The stream of standard output. A write throws <see cref="IOException"/> when the reader of a pipe has gone
    /// (see <see cref="IsClosed"/>) and when the disk is full; the console's own stream keeps silent about the former.
    /// </summary>
    public static Stream Open()
    {
        try
        {
            return new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(1, ownsHandle: false));
        }
        catch (IOException)
        {
            // Not a pipe: a terminal or a file, where the console's stream tells every failure.
            return Console.OpenStandardOutput();
        }
    }

    /// <summary>Whether a failed write to <paramref name="output"/> means that its reader has gone: the command ends quietly.</summary>
    public static bool IsClosed(Stream output) => output is PipeStream;
}
