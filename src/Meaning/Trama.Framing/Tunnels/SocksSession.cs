namespace Trama.Framing.Tunnels;

/// <summary>What the server of SOCKS was asked and has not answered.</summary>
internal sealed class SocksSession
{
    // A client waits for each answer; one that does not is none of SOCKS.
    private const int MostWaiting = 4;

    private readonly Queue<SocksRequestKind> _waiting = new(0);

    /// <summary>Remembers a message; false when too many wait.</summary>
    public bool TryAsk(SocksRequestKind kind)
    {
        if (_waiting.Count == MostWaiting) return false;
        _waiting.Enqueue(kind);
        return true;
    }

    /// <summary>The message that the server's next bytes answer.</summary>
    public bool TryPeek(out SocksRequestKind kind) => _waiting.TryPeek(out kind);

    /// <summary>It has its answer.</summary>
    public void Answered() => _waiting.TryDequeue(out _);
}
