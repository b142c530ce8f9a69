using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Reads from the windows that a side announced when its program did not read.</summary>
internal static class PaceReader
{
    // A window that stays above this part of the largest says nothing.
    private const int Low = 4;

    /// <summary>The pauses, and the room for bytes not read yet; nothing where the program kept up.</summary>
    public static (List<ScenePause> Pauses, int? Buffer) Read(SeenConnection seen, PathGuess path, Side side)
    {
        List<ScenePause> pauses = [];
        long opened = seen.Segments.FirstOrDefault(segment => (segment.Flags & TcpFlags.Syn) == 0).At.Nanoseconds;
        List<(long At, long Acknowledged, int Window)> said = [];
        foreach (TracedSegment segment in seen.Segments)
        {
            if (segment.From != side || segment.Acknowledgement is not { } number || (segment.Flags & (TcpFlags.Syn | TcpFlags.Rst)) != 0)
                continue;
            said.Add((segment.At.Nanoseconds - path.Before(side), number - 1L, segment.Window));
        }

        if (said.Count == 0) return (pauses, null);
        int most = said.Max(one => one.Window), least = said.Min(one => one.Window);
        // The other side filled the window, and waited.
        bool isFilled = seen.Segments.Any(segment => segment.From != side && (segment.Marks & SegmentMarks.WindowFull) != 0);
        if (least > most / Low) return (pauses, isFilled ? most : null);
        long edge = said[0].Acknowledged + said[0].Window, read = 0;
        foreach ((long at, long acknowledged, int window) in said)
        {
            // The right edge moves when the program reads.
            long now = acknowledged + window;
            if (now <= edge) continue;
            pauses.Add(new ScenePause(Math.Max(read, 1), Math.Max(0, at - opened)));
            read += now - edge;
            edge = now;
        }

        // The last word: it never read again.
        if (said[^1].Window == 0) pauses.Add(new ScenePause(Math.Max(read, 1), long.MaxValue / 4));
        return (pauses, said[0].Window);
    }
}
