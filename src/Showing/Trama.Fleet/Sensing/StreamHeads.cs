using Trama.Fleet.Tickets;
using Trama.Tracing;

namespace Trama.Fleet.Sensing;

/// <summary>The first bytes of both streams of an open connection, as far as none is missing.</summary>
internal sealed class StreamHeads
{
    private readonly byte[] _bytes = new byte[2 * TicketKeys.HeadBytes];
    private readonly int[] _lengths = new int[2];

    /// <summary>Whether there is no more to come of either.</summary>
    public bool AreWhole => Math.Min(_lengths[0], _lengths[1]) == TicketKeys.HeadBytes;

    /// <summary>Keeps what belongs to them.</summary>
    public void Add(Side from, long offset, ReadOnlySpan<byte> bytes)
    {
        int at = _lengths[(int)from];
        if (offset != at) return;
        bytes = bytes[..Math.Min(bytes.Length, TicketKeys.HeadBytes - at)];
        bytes.CopyTo(_bytes.AsSpan(((int)from * TicketKeys.HeadBytes) + at));
        _lengths[(int)from] = at + bytes.Length;
    }

    /// <summary>Those of a side.</summary>
    public ReadOnlySpan<byte> Of(Side from) => _bytes.AsSpan((int)from * TicketKeys.HeadBytes, _lengths[(int)from]);
}
