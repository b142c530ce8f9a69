using Trama.Tracing;

namespace Trama.Reports.Ladder.Joined;

/// <summary>
/// The columns in which arrows run down from the row where they leave to that where they arrive. Arrows to the server turn
/// nearer to it, those to the client on the other side; of several under way, what left first is nearest to its end, so that
/// none crosses another.
/// </summary>
internal sealed class Lanes(int room)
{
    private const int Spacing = 2;
    private const int ColumnsPerLane = 10;

    private readonly JoinedRow?[][] _rows = [new JoinedRow?[room / ColumnsPerLane], new JoinedRow?[room / ColumnsPerLane]];
    private readonly int[] _last = [-1, -1];

    /// <summary>The column nearest to the sender that an arrow may turn in, counted from its lifeline.</summary>
    public int LabelRoom => FromSender(_rows[0].Length - 1) - 3;

    /// <summary>Takes a column for what leaves in a row; null when all are taken.</summary>
    public int? Take(Side from, JoinedRow row)
    {
        JoinedRow?[] lanes = _rows[(int)from];
        bool isFree = Array.TrueForAll(lanes, lane => lane is null);
        int lane = isFree ? 0 : _last[(int)from] + 1;
        if (lane >= lanes.Length || lanes[lane] is not null) lane = Array.IndexOf(lanes, null);
        if (lane < 0) return null;
        lanes[lane] = row;
        _last[(int)from] = lane;
        return Column(from, lane);
    }

    /// <summary>The column of what left in a row; null when it has none.</summary>
    public int? Of(Side from, JoinedRow row) => Array.IndexOf(_rows[(int)from], row) is >= 0 and var lane ? Column(from, lane) : null;

    /// <summary>Gives the column of a row back.</summary>
    public void Release(Side from, JoinedRow row)
    {
        int lane = Array.IndexOf(_rows[(int)from], row);
        if (lane >= 0) _rows[(int)from][lane] = null;
    }

    /// <summary>The columns in which something is under way.</summary>
    public IEnumerable<(Side From, int Column)> Taken()
    {
        foreach (Side from in new[] { Side.Client, Side.Server })
        {
            for (int lane = 0; lane < _rows[(int)from].Length; lane++)
                if (_rows[(int)from][lane] is not null) yield return (from, Column(from, lane));
        }
    }

    private int Column(Side from, int lane) => from == Side.Client ? FromSender(lane) : room + 1 - FromSender(lane);

    private int FromSender(int lane) => room * 3 / 4 - lane * Spacing;
}
