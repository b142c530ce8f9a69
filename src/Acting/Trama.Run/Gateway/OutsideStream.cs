using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>
/// What the command says to the far side. It is acknowledged to the command when the far side has acknowledged it, not before, and the
/// window that the command sees is the far side's.
/// </summary>
internal sealed class OutsideStream(SequenceNumber start)
{
    /// <summary>The largest window that is passed on, in bytes.</summary>
    public const int LargestWindow = 4 << 20;

    private readonly HeldBytes _pending = new();
    private bool _isShut;

    /// <summary>The number of what comes next.</summary>
    public SequenceNumber Expected { get; private set; } = start + 1;

    /// <summary>What the command was last told to have arrived.</summary>
    public SequenceNumber Acknowledged { get; private set; } = start + 1;

    /// <summary>The window that it was last told, in bytes.</summary>
    public long Window { get; private set; } = ushort.MaxValue;

    /// <summary>Whether the command has ended its side.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether something is not acknowledged yet, or the far side's window is closed.</summary>
    public bool Waits => Acknowledged != Expected || Window == 0;

    /// <summary>Whether all, with the end, has arrived.</summary>
    public bool IsDone => HasEnded && Acknowledged == Expected;

    /// <summary>Takes a segment.</summary>
    /// <returns>Whether it carried what was awaited; what repeats itself or leaves a gap is answered at once.</returns>
    public bool Take(SequenceNumber sequence, ReadOnlySpan<byte> payload, bool ends, FarSocket far)
    {
        int known = Expected - sequence;
        if (known < 0 || known > payload.Length + (ends ? 1 : 0) || (known == payload.Length && !ends)) return false;
        if (HasEnded) return false;
        ReadOnlySpan<byte> fresh = payload[Math.Min(known, payload.Length)..];
        fresh = fresh[..Math.Min(fresh.Length, Math.Max(0, LargestWindow - _pending.Count))];
        int sent = _pending.Count == 0 ? far.Send(fresh) : 0;
        _pending.Append(fresh[sent..]);
        Expected += fresh.Length;
        if (ends && Expected == sequence + payload.Length)
        {
            HasEnded = true;
            Expected += 1;
        }

        Flush(far);
        return true;
    }

    /// <summary>Sends what could not be sent before.</summary>
    public void Flush(FarSocket far)
    {
        while (_pending.Count > 0)
        {
            int sent = far.Send(_pending.From(0));
            if (sent <= 0) return;
            _pending.Drop(sent);
        }

        if (!HasEnded || _isShut) return;
        _isShut = true;
        try
        {
            far.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It was reset meanwhile, which its own event tells.
        }
    }

    /// <summary>Takes over how far the far side is.</summary>
    /// <returns>Whether the command is to be told.</returns>
    public bool Follow(FarSocket far)
    {
        far.Look();
        SequenceNumber arrived = start + (int)(uint)far.Acknowledged;
        if (arrived > Expected || arrived < Acknowledged) arrived = Acknowledged;
        long window = Math.Min(far.Window, LargestWindow);
        bool isNews = arrived != Acknowledged || (Window == 0) != (window == 0);
        (Acknowledged, Window) = (arrived, window);
        return isNews;
    }
}
