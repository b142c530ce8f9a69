namespace Trama.Tracing.Tracking;

/// <summary>What the beginnings of messages may hold together, in bytes. Short ones are not counted: there are no more of them than
/// messages.</summary>
internal sealed class HeadBudget(long limit)
{
    private const int Short = 4096;

    private long _used;

    /// <summary>Makes room, or as much of it as is left.</summary>
    /// <param name="head">The bytes so far.</param>
    /// <param name="length">How many there are to be.</param>
    /// <param name="most">How many there will be at most.</param>
    public void Grow(ref byte[] head, int length, int most)
    {
        int larger = (int)Math.Min(Math.Max(length, head.Length * 2L), most);
        if (_used + Counted(larger) - Counted(head.Length) > limit) larger = Math.Max(Math.Min(larger, Short), head.Length);
        _used += Counted(larger) - Counted(head.Length);
        if (larger > head.Length) Array.Resize(ref head, larger);
    }

    /// <summary>Takes a long one back.</summary>
    public void Release(ref byte[] head)
    {
        if (head.Length <= Short) return;
        _used -= Counted(head.Length);
        head = [];
    }

    private static int Counted(int length) => length <= Short ? 0 : length;
}
