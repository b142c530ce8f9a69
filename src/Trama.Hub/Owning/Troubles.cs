namespace Trama.Hub.Owning;

/// <summary>Says what goes wrong, once for each thing that it goes wrong with, and again after that was well: what is tried every few
/// seconds fails as often.</summary>
/// <param name="say">Takes what is said.</param>
internal sealed class Troubles(Action<string> say)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Something goes wrong with a thing.</summary>
    public void Tell(string thing, string text)
    {
        lock (_told)
            if (!_told.Add(thing)) return;
        say(text);
    }

    /// <summary>It is well.</summary>
    public void Well(string thing)
    {
        lock (_told) _told.Remove(thing);
    }
}
