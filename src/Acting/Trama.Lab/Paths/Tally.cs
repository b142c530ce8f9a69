using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>Counts the segments that pass one place in one direction, so that an experiment can be checked before it is kept.</summary>
internal sealed class Tally
{
    /// <summary>All segments.</summary>
    public int Segments { get; private set; }

    /// <summary>SYNs without ACK.</summary>
    public int Syns { get; private set; }

    /// <summary>SYNs with ACK.</summary>
    public int SynAcks { get; private set; }

    /// <summary>FINs.</summary>
    public int Fins { get; private set; }

    /// <summary>RSTs.</summary>
    public int Resets { get; private set; }

    /// <summary>Segments with payload.</summary>
    public int Data { get; private set; }

    /// <summary>Segments with payload that was sent before, keep-alive probes aside.</summary>
    public int Again { get; private set; }

    /// <summary>Segments with payload that starts before the end of what was seen.</summary>
    public int Behind { get; private set; }

    /// <summary>Segments that advertise a window of 0.</summary>
    public int ZeroWindows { get; private set; }

    /// <summary>Payload bytes, repeated ones too.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the first FIN passed, in nanoseconds since the epoch; 0 for never.</summary>
    public long FirstFin { get; private set; }

    /// <summary>When the first segment with payload passed.</summary>
    public long FirstData { get; private set; }

    /// <summary>When the last segment with payload passed.</summary>
    public long LastData { get; private set; }

    private long _end;

    /// <summary>Counts a segment.</summary>
    public void Add(Seen seen)
    {
        Segments++;
        bool syn = (seen.Flags & TcpFlags.Syn) != 0;
        if (syn && (seen.Flags & TcpFlags.Ack) == 0) Syns++;
        else if (syn) SynAcks++;
        if ((seen.Flags & TcpFlags.Fin) != 0)
        {
            Fins++;
            if (FirstFin == 0) FirstFin = seen.At;
        }

        if ((seen.Flags & TcpFlags.Rst) != 0) Resets++;
        else if (!syn && seen.Window == 0) ZeroWindows++;
        if (syn) _end = 0;
        if (seen.Length == 0) return;
        Data++;
        Bytes += seen.Length;
        // A keep-alive probe may repeat the last byte; the kernel's has none.
        if (seen.Again && seen.Length > 1) Again++;
        if (seen.Offset < _end) Behind++;
        _end = Math.Max(_end, seen.Offset + seen.Length);
        if (FirstData == 0) FirstData = seen.At;
        LastData = seen.At;
    }
}
