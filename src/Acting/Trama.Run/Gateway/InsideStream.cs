using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>
/// What a connection says to the command: as much as the command's kernel has room for, held until it acknowledges it, and said again
/// when the device lost it.
/// </summary>
internal sealed class InsideStream(SequenceNumber start)
{
    /// <summary>The most that waits for acknowledgement, in bytes.</summary>
    public const int MostInFlight = 1 << 20;

    private const int DuplicatesThatMeanLoss = 3;
    // The device loses nothing while it has room; a command that is slow to acknowledge is no reason to say it again (RFC 6298).
    private const long FirstPatienceNs = 1_000_000_000, MostPatienceNs = 60_000_000_000;

    private readonly HeldBytes _held = new();
    private SequenceNumber _unacknowledged = start + 1;
    private int _duplicates;
    private long _largestWindow;
    private long _patienceNs = FirstPatienceNs;

    /// <summary>The number of the SYN.</summary>
    public SequenceNumber Start => start;

    /// <summary>The number of what comes next.</summary>
    public SequenceNumber Next { get; private set; } = start + 1;

    /// <summary>How the command's window is scaled.</summary>
    public int Scale { get; init; }

    /// <summary>The most payload of one segment, in bytes.</summary>
    public int LargestSegment { get; init; }

    /// <summary>The room that the command's kernel announced, in bytes.</summary>
    public long Window { get; private set; }

    /// <summary>Whether the end was said.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether all, with the end, was acknowledged.</summary>
    public bool IsDone => HasEnded && _unacknowledged == Next;

    /// <summary>When what is unacknowledged is said again, in nanoseconds; 0 when nothing is.</summary>
    public long AgainAt { get; private set; }

    /// <summary>How many bytes may be said now.</summary>
    public int Room
    {
        get
        {
            long room = Math.Min(Window, MostInFlight) - (Next - _unacknowledged);
            // A window that opens by little is not worth a segment (RFC 9293 section 3.8.6.2.1).
            long worth = Math.Min(LargestSegment, _largestWindow / 2);
            return room > 0 && (room >= worth || _held.Count == 0) ? (int)Math.Min(room, LargestSegment) : 0;
        }
    }

    /// <summary>Takes note of what is said.</summary>
    public void Say(ReadOnlySpan<byte> bytes, long now)
    {
        _held.Append(bytes);
        Next += bytes.Length;
        if (AgainAt == 0) AgainAt = now + _patienceNs;
    }

    /// <summary>Takes note of the end.</summary>
    public void End(long now)
    {
        HasEnded = true;
        Next += 1;
        if (AgainAt == 0) AgainAt = now + _patienceNs;
    }

    /// <summary>Takes the command's acknowledgement and window.</summary>
    /// <returns>Whether a segment was lost on the device, so that what follows it must be said again.</returns>
    public bool Hear(SequenceNumber acknowledgement, ushort window, bool carriesNothing, long now)
    {
        long room = (long)window << Scale;
        if (acknowledgement > Next || acknowledgement < _unacknowledged) return false;
        int count = acknowledgement - _unacknowledged;
        bool repeats = count == 0 && carriesNothing && room == Window && Next != _unacknowledged;
        Window = room;
        _largestWindow = Math.Max(_largestWindow, room);
        if (count > 0)
        {
            _held.Drop(Math.Min(count, _held.Count));
            _unacknowledged = acknowledgement;
            _patienceNs = FirstPatienceNs;
            AgainAt = _unacknowledged == Next ? 0 : now + _patienceNs;
        }

        _duplicates = repeats ? _duplicates + 1 : 0;
        return _duplicates == DuplicatesThatMeanLoss;
    }

    /// <summary>What is to be said again, from its number on.</summary>
    public ReadOnlySpan<byte> Again(long now, out SequenceNumber at)
    {
        at = _unacknowledged;
        _patienceNs = Math.Min(2 * _patienceNs, MostPatienceNs);
        AgainAt = now + _patienceNs;
        return _held.From(0)[..Math.Min(_held.Count, LargestSegment)];
    }
}
