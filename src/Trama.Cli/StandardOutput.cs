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
            return new Pipe();
        }
        catch (IOException)
        {
            // Not a pipe: a terminal or a file, where the console's stream tells every failure.
            return Console.OpenStandardOutput();
        }
    }

    /// <summary>Whether a failed write to <paramref name="output"/> means that its reader has gone: the command ends quietly.</summary>
    public static bool IsClosed(Stream output) => output is Pipe;

    // Stays open to the end of the process, whoever disposes of it: to close a handle that it does not own, the class
    // of the runtime would wait for ever.
    private sealed class Pipe : Stream
    {
        private readonly AnonymousPipeClientStream _pipe = new(PipeDirection.Out, new SafePipeHandle(1, ownsHandle: false));

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => _pipe.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => _pipe.Write(buffer, offset, count);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
