using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>
/// Connections to the loopback addresses. A SYN is first given back to the command's network: where a program listens there, it is
/// that program's, and all further segments are handed from one side to the other as they are. Where its kernel refuses, the refusal
/// is kept back, and the connection is one to this machine's own loopback.
/// </summary>
internal sealed class LoopbackFlows(InsideLink link)
{
    private readonly Dictionary<(Endpoint Client, Endpoint Server), byte[]> _asked = [];
    private readonly Dictionary<(Endpoint Client, Endpoint Server), int> _endsWithin = [];

    /// <summary>How many connections may turn out to be this machine's.</summary>
    public int Asked => _asked.Count;

    /// <summary>Takes a SYN that may be for a program within.</summary>
    public bool Asks(in TcpSegment syn, ReadOnlySpan<byte> packet)
    {
        if (!link.IsLoopback(syn.Destination.Address)) return false;
        (Endpoint, Endpoint) key = (syn.Source, syn.Destination);
        _endsWithin.Remove(key);
        _asked[key] = packet.ToArray();
        link.Return(packet);
        return true;
    }

    /// <summary>Takes what the command's kernel says to a SYN that it was asked about.</summary>
    /// <param name="segment">What it says.</param>
    /// <returns>The SYN, when nobody within listens there; else null.</returns>
    public byte[]? Refused(in TcpSegment segment)
    {
        (Endpoint, Endpoint) key = (segment.Destination, segment.Source);
        if (_asked.Count == 0 || !_asked.TryGetValue(key, out byte[]? syn) || (segment.Flags & TcpFlags.Ack) == 0) return null;
        _asked.Remove(key);
        if ((segment.Flags & TcpFlags.Rst) != 0) return syn;
        _endsWithin[key] = 0;
        return null;
    }

    /// <summary>Hands on a segment between two programs within.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Passes(in TcpSegment segment, ReadOnlySpan<byte> packet)
    {
        if (_endsWithin.Count == 0) return false;
        (Endpoint, Endpoint) key = (segment.Source, segment.Destination);
        if (!_endsWithin.TryGetValue(key, out int ends))
        {
            key = (segment.Destination, segment.Source);
            if (!_endsWithin.TryGetValue(key, out ends)) return false;
        }

        bool isEnd = (segment.Flags & TcpFlags.Fin) != 0;
        if ((segment.Flags & TcpFlags.Rst) != 0 || (ends >= 2 && !isEnd)) _endsWithin.Remove(key);
        else if (isEnd) _endsWithin[key] = ends + 1;
        link.Return(packet);
        return true;
    }
}
