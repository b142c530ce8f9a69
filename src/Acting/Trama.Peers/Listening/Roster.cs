namespace Trama.Peers.Listening;

/// <summary>Who is there; listed much more often than it changes. Safe for threads.</summary>
internal sealed class Roster<T>
    where T : class
{
    private readonly HashSet<T> _present = [];
    private T[]? _listed;

    /// <summary>Those that are there now; the same list as long as none comes or goes.</summary>
    public ReadOnlySpan<T> All
    {
        get
        {
            lock (_present) return _listed ??= [.. _present];
        }
    }

    /// <summary>How many they are.</summary>
    public int Count
    {
        get
        {
            lock (_present) return _present.Count;
        }
    }

    /// <summary>One has come.</summary>
    public void Add(T one)
    {
        lock (_present)
        {
            _present.Add(one);
            _listed = null;
        }
    }

    /// <summary>One has gone.</summary>
    public void Remove(T one)
    {
        lock (_present)
        {
            _present.Remove(one);
            _listed = null;
        }
    }
}
