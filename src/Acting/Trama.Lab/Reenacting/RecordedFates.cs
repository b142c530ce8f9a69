using Trama.Lab.Paths;
using Trama.Packets.Transport;

namespace Trama.Lab.Reenacting;

/// <summary>Does to each segment what was done to the one that carried the same place of its stream.</summary>
/// <param name="fates">What was done.</param>
/// <param name="cutNs">How long after the first segment nothing passes any more, in nanoseconds; null for never.</param>
internal sealed class RecordedFates(IReadOnlyList<SceneFate> fates, long? cutNs) : IObstacle
{
    private readonly int[] _sent = new int[fates.Count];
    private readonly bool[] _isEnded = new bool[2];
    private long? _begunAt;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        _begunAt ??= crossing.Now;
        if (crossing.Now - _begunAt > cutNs) return Fate.Drop("recorded");
        ref bool isEnded = ref _isEnded[(int)crossing.Direction];
        if (isEnded) return Fate.Drop("recorded");
        Fate decided = Fate.Pass;
        for (int index = 0; index < fates.Count; index++)
        {
            SceneFate fate = fates[index];
            if (fate.ToServer != (crossing.Direction == Direction.ToServer) || !Carries(crossing, fate.Offset, fate.Places)) continue;
            int number = ++_sent[index];
            if (fate.Lost == SceneFate.All || number <= fate.Lost)
            {
                decided = Fate.Drop("recorded");
                isEnded |= fate.EndsPath;
            }
            else if (number == fate.Lost + 1 && decided == Fate.Pass)
            {
                if (fate.HoldNs > 0) decided = Fate.Hold(fate.HoldNs);
                else if (fate.CopyAfterNs > 0) decided = Fate.Copy(fate.CopyAfterNs);
            }
        }

        return decided;
    }

    /// <summary>Whether a segment carries a place of its stream, or one of those behind it.</summary>
    public static bool Carries(in Crossing crossing, long offset, long places = 1)
    {
        if (offset == SceneFate.Syn) return (crossing.Flags & TcpFlags.Syn) != 0;
        if ((crossing.Flags & TcpFlags.Syn) != 0) return false;
        int occupied = crossing.Length + ((crossing.Flags & TcpFlags.Fin) != 0 ? 1 : 0);
        return offset + places > crossing.Offset && offset < crossing.Offset + occupied;
    }
}
