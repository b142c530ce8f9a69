using Trama.Captures;
using Trama.Captures.Files;
using Trama.Captures.Live;
using Trama.Packets;

namespace Trama.Cli.Capturing;

/// <summary>A pcapng file of a live capture; its end tells what the kernel received and dropped.</summary>
internal sealed class CapturedPcapng(PcapngWriter writer, LiveCapture capture, TimeProvider clock) : IRecordWriter
{
    private readonly Timestamp _start = Now(clock);

    /// <inheritdoc/>
    public long Length => writer.Length;

    /// <inheritdoc/>
    public void Write(in Record record) => writer.Write(record);

    /// <summary>Adds secrets of TLS connections; see <see cref="PcapngWriter.WriteTlsSecrets"/>.</summary>
    public void WriteTlsSecrets(ReadOnlySpan<byte> keyLog) => writer.WriteTlsSecrets(keyLog);

    /// <inheritdoc/>
    public void Flush() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            writer.WriteStatistics(0, capture.Statistics, _start, Now(clock));
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static Timestamp Now(TimeProvider clock)
    {
        TimeSpan sinceEpoch = clock.GetUtcNow() - DateTimeOffset.UnixEpoch;
        return new Timestamp(sinceEpoch.Ticks * TimeSpan.NanosecondsPerTick);
    }
}
