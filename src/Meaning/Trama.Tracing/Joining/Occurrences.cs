namespace Trama.Tracing.Joining;

/// <summary>The segments of one direction that have the same identity, by their numbers. Nearly always there is one.</summary>
internal struct Occurrences
{
    private List<int>? _all;

    /// <summary>The first of them.</summary>
    public int First { get; private set; }

    /// <summary>Whether there are several.</summary>
    public readonly bool AreSeveral => _all is not null;

    /// <summary>All of them, in order.</summary>
    public readonly List<int> All => _all ?? [First];

    /// <summary>Adds another one.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isFirst">Whether there was none before.</param>
    public void Add(int number, bool isFirst)
    {
        if (isFirst) First = number;
        else (_all ??= [First]).Add(number);
    }
}
