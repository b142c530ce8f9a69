namespace Trama.Framing.Dns;

/// <summary>What the two directions of a connection know of each other: the transfers of zones that are asked for.</summary>
internal sealed class DnsSession
{
    // Nobody asks for more at a time.
    private const int MaxTransfers = 1024;

    private readonly Dictionary<ushort, Transfer> _transfers = [];

    /// <summary>Identifiers are used again.</summary>
    public ReusedKeys Keys { get; } = new();

    /// <summary>A transfer is asked for, whose reply may be several packets.</summary>
    public void Ask(ushort identifier, bool isIncremental)
    {
        if (_transfers.Count < MaxTransfers) _transfers[identifier] = new Transfer(isIncremental, null);
    }

    /// <summary>Whether more packets belong to a reply. A transfer begins and ends with the same SOA (RFC 5936 section 2.2; RFC 1995
    /// section 4).</summary>
    public bool GoesOn(DnsMessage reply)
    {
        if (!_transfers.Remove(reply.Identifier, out Transfer transfer) || reply.Code != 0 || reply.Answers == 0) return false;
        if (!reply.TrySerials(out uint? first, out uint? last)) return false;
        bool isFirst = transfer.Serial is null;
        uint? serial = isFirst ? first : transfer.Serial;
        // A secondary that has the newest version is told so by its SOA alone.
        bool isOver = isFirst ? reply.Answers == 1 ? transfer.IsIncremental : last == serial : last == serial;
        if (serial is null || isOver) return false;
        _transfers[reply.Identifier] = transfer with { Serial = serial };
        return true;
    }

    /// <summary>Bytes of one direction are missing.</summary>
    public void Lose(Direction direction)
    {
        Keys.Lose(direction);
        _transfers.Clear();
    }

    private readonly record struct Transfer(bool IsIncremental, uint? Serial);
}
