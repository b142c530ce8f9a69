using System.Net;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Learning;

/// <summary>A capture of conversations that were had without one: packets as they might have been, which carry what was said. Safe for
/// threads.</summary>
public sealed class LearnedCapture : IDisposable
{
    private readonly Lock _writing = new();
    private readonly PcapWriter _writer;
    private readonly SyntheticCapture _capture;
    private Timestamp _lastAt;

    /// <summary>Begins a capture.</summary>
    /// <param name="stream">Where it is written; closed with it.</param>
    public LearnedCapture(Stream stream)
    {
        _writer = new PcapWriter(stream, LinkType.Raw, nanoseconds: true);
        _capture = new SyntheticCapture(_writer.Write);
    }

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
    internal SyntheticConversation Begin(IPEndPoint client, IPEndPoint server, TimeProvider time)
    {
        lock (_writing)
        {
            SyntheticConversation conversation = _capture.Begin(Of(client), Of(server));
            conversation.Ask(Now(time));
            conversation.Accept(Now(time), Now(time));
            return conversation;
        }
    }

    /// <summary>A side said something. Whoever looks, or stops the server, finds whole conversations.</summary>
    internal void Say(SyntheticConversation conversation, Side from, ReadOnlySpan<byte> bytes, TimeProvider time)
    {
        lock (_writing)
        {
            conversation.Say(from == Side.Client, bytes, Now(time));
            conversation.Acknowledge(from != Side.Client, Now(time));
            _writer.Flush();
        }
    }

    /// <summary>Both sides end.</summary>
    internal void End(SyntheticConversation conversation, TimeProvider time)
    {
        lock (_writing)
        {
            conversation.Finish(byClient: true, Now(time));
            conversation.Finish(byClient: false, Now(time));
            _writer.Flush();
        }
    }

    // It does not go backwards when somebody sets the clock.
    private Timestamp Now(TimeProvider time)
    {
        var now = new Timestamp((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        return _lastAt = now > _lastAt ? now : _lastAt;
    }

    private static Endpoint Of(IPEndPoint end)
    {
        IPAddress address = end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;
        return new Endpoint(IpAddress.FromBytes(address.GetAddressBytes()), (ushort)end.Port);
    }
}
