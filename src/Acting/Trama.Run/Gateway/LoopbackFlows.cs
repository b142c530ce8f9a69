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
    /// <summary>How many connections there may be between programs within; a SYN beyond them counts as not arrived.</summary>
    public const int MostWithin = 1 << 18;

    /// <summary>The kernel answers at once, or not at all where the queue of who listens is full: then its client asks again.</summary>
    public const long LongestAnswerNs = 10_000_000_000;

    /// <summary>What was under way, or is said again, when both sides had ended comes within this.</summary>
    public const long LingerNs = 1_000_000_000;

    private const byte ClientEnded = 1, ServerEnded = 2, BothEnded = ClientEnded | ServerEnded;

    private readonly Dictionary<(Endpoint Client, Endpoint Server), (byte[] Syn, long At)> _asked = [];
    private readonly Dictionary<(Endpoint Client, Endpoint Server), (byte Ends, long EndedAt)> _within = [];
    private readonly Queue<((Endpoint, Endpoint) Key, long At)> _askedInOrder = new(), _endedInOrder = new();

    /// <summary>How many connections may turn out to be this machine's.</summary>
    /// <param name="now">The time, in nanoseconds.</param>
    public int Asked(long now)
    {
        while (_askedInOrder.TryPeek(out ((Endpoint, Endpoint) Key, long At) asked) && now - asked.At >= LongestAnswerNs)
        {
            _askedInOrder.Dequeue();
            if (_asked.TryGetValue(asked.Key, out (byte[] Syn, long At) last) && last.At == asked.At) _asked.Remove(asked.Key);
        }

        return _asked.Count;
    }

    /// <summary>Takes a SYN that may be for a program within.</summary>
    public bool Asks(in TcpSegment syn, ReadOnlySpan<byte> packet, long now)
    {
        if (!link.IsLoopback(syn.Destination.Address)) return false;
        ForgetEnded(now);
        (Endpoint, Endpoint) key = (syn.Source, syn.Destination);
        _within.Remove(key);
        if (_within.Count + Asked(now) >= MostWithin) return true;
        _asked[key] = (packet.ToArray(), now);
        _askedInOrder.Enqueue((key, now));
        link.Return(packet);
        return true;
    }

    /// <summary>Takes what the command's kernel says to a SYN that it was asked about.</summary>
    /// <param name="segment">What it says.</param>
    /// <returns>The SYN, when nobody within listens there; else null.</returns>
    public byte[]? Refused(in TcpSegment segment)
    {
        (Endpoint, Endpoint) key = (segment.Destination, segment.Source);
        if (_asked.Count == 0 || (segment.Flags & TcpFlags.Ack) == 0 || !_asked.Remove(key, out (byte[] Syn, long At) asked)) return null;
        if ((segment.Flags & TcpFlags.Rst) != 0) return asked.Syn;
        _within[key] = default;
        return null;
    }

    /// <summary>Hands on a segment between two programs within.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Passes(in TcpSegment segment, ReadOnlySpan<byte> packet, long now)
    {
        if (_within.Count == 0) return false;
        ForgetEnded(now);
        (Endpoint, Endpoint) key = (segment.Source, segment.Destination);
        byte own = ClientEnded;
        if (!_within.TryGetValue(key, out (byte Ends, long EndedAt) flow))
        {
            (key, own) = ((segment.Destination, segment.Source), ServerEnded);
            if (!_within.TryGetValue(key, out flow)) return false;
        }

        if ((segment.Flags & TcpFlags.Rst) != 0) _within.Remove(key);
        else if ((segment.Flags & TcpFlags.Fin) != 0 && (flow.Ends & own) == 0)
        {
            _within[key] = ((byte)(flow.Ends | own), now);
            if ((flow.Ends | own) == BothEnded) _endedInOrder.Enqueue((key, now));
        }

        link.Return(packet);
        return true;
    }

    private void ForgetEnded(long now)
    {
        while (_endedInOrder.TryPeek(out ((Endpoint, Endpoint) Key, long At) ended) && now - ended.At >= LingerNs)
        {
            _endedInOrder.Dequeue();
            // Others may have the same ends by now.
            if (_within.TryGetValue(ended.Key, out (byte Ends, long EndedAt) flow) && flow == (BothEnded, ended.At))
                _within.Remove(ended.Key);
        }
    }
}
