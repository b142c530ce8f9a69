namespace Trama.Tracing.Tracking;

/// <summary>What the beginnings of messages may hold together, in bytes. Short ones are not counted: there are no more of them than
/// messages.</summary>
internal sealed class HeadBudget(BufferBudget budget)
{
    private const int Short = 4096;

    /// <summary>Makes room, or as much of it as is left.</summary>
    /// <param name="head">The bytes so far.</param>
    /// <param name="length">How many there are to be.</param>
    /// <param name="most">How many there will be at most.</param>
    public void Grow(ref byte[] head, int length, int most)
    {
        int larger = (int)Math.Min(Math.Max(length, head.Length * 2L), most);
        if (larger > Short && budget.IsBeyond(Counted(larger) - Counted(head.Length))) larger = Math.Max(Short, head.Length);
        budget.Take(Counted(larger) - Counted(head.Length));
        if (larger > head.Length) Array.Resize(ref head, larger);
    }

    /// <summary>A message was told, and its beginning is kept no longer than it takes to show it.</summary>
    public void Uncount(byte[] head) => budget.Release(Counted(head.Length));

    /// <summary>Takes a long one back that is not counted any more.</summary>
    public static void Release(ref byte[] head)
    {
        if (head.Length > Short) head = [];
    }

    private static int Counted(int length) => length <= Short ? 0 : length;
}
