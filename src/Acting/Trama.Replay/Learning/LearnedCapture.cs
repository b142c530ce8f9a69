using System.Net;
using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Replay.Learning;

/// <summary>A capture of conversations that were had without one: packets as they might have been, which carry what was said. Safe for
/// threads.</summary>
public sealed class LearnedCapture : IDisposable
{
    private readonly Lock _writing = new();
    private readonly PcapWriter _writer;

    /// <summary>Begins a capture.</summary>
    /// <param name="stream">Where it is written; closed with it.</param>
    public LearnedCapture(Stream stream) => _writer = new PcapWriter(stream, LinkType.Raw, nanoseconds: true);

    /// <summary>Takes a capture of this kind over.</summary>
    /// <param name="source">The capture.</param>
    /// <returns>False when it is of another kind.</returns>
    public bool TryCopy(IRecordSource source)
    {
        while (source.TryRead(out Record record))
        {
            if (record.LinkType != LinkType.Raw) return false;
            _writer.Write(record);
        }

        _writer.Flush();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing) _writer.Dispose();
    }

    /// <summary>A connection begins.</summary>
    internal LearnedConversation Begin(IPEndPoint client, IPEndPoint server, TimeProvider time) => new(this, client, server, time);

    internal void Write(ReadOnlySpan<byte> packet, Timestamp at, bool isLast)
    {
        lock (_writing)
        {
            _writer.Write(new Record(at, LinkType.Raw, packet, packet.Length));
            // Whoever looks, or stops the server, finds whole conversations.
            if (isLast) _writer.Flush();
        }
    }
}
