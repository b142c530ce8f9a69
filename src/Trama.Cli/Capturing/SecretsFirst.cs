using System.Buffers;
using Trama.Captures;
using Trama.Packets;

namespace Trama.Cli.Capturing;

/// <summary>
/// A pcapng file in which the secrets of TLS connections stand before the packets that they decrypt. A peer learns some of them
/// only from the packets, so these wait for a moment.
/// </summary>
internal sealed class SecretsFirst(CapturedPcapng writer, string keyLog) : IRecordWriter
{
    private const long WaitNs = 200_000_000;
    private const int MostBytesWaiting = 8 << 20;

    private readonly NewSecrets _secrets = new(keyLog);
    private readonly Queue<(Timestamp At, LinkType LinkType, int OriginalLength, int InterfaceId, byte[] Bytes, int Length)> _waiting =
        new();
    private int _bytesWaiting;

    /// <inheritdoc/>
    public long Length => writer.Length;

    /// <inheritdoc/>
    public void Write(in Record record)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(record.Bytes.Length);
        record.Bytes.CopyTo(bytes);
        _waiting.Enqueue((record.Timestamp, record.LinkType, record.OriginalLength, record.InterfaceId, bytes, record.Bytes.Length));
        _bytesWaiting += bytes.Length;
        WriteUntil(new Timestamp(record.Timestamp.Nanoseconds - WaitNs));
    }

    /// <inheritdoc/>
    public void Flush() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            WriteUntil(new Timestamp(long.MaxValue));
        }
        finally
        {
            _secrets.Dispose();
            writer.Dispose();
        }
    }

    private void WriteUntil(Timestamp end)
    {
        ReadOnlySpan<byte> secrets = _secrets.Take();
        if (!secrets.IsEmpty) writer.WriteTlsSecrets(secrets);
        while (_waiting.TryPeek(out var first) && (first.At < end || _bytesWaiting > MostBytesWaiting))
        {
            writer.Write(new Record(first.At, first.LinkType, first.Bytes.AsSpan(0, first.Length), first.OriginalLength,
                first.InterfaceId));
            _waiting.Dequeue();
            _bytesWaiting -= first.Bytes.Length;
            ArrayPool<byte>.Shared.Return(first.Bytes);
        }
    }
}
