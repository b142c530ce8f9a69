namespace Trama.Framing;

/// <summary>The names on which one side waits for an answer, each made up for one question: their <see cref="TextHash"/>.</summary>
internal sealed class OpenKeys
{
    // Beyond so many, nobody knows any more what answers.
    private const int Limit = 16_384;

    private readonly HashSet<ulong> _open = [];

    /// <summary>Whether some may have been forgotten.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Waits on a name.</summary>
    public void Open(ulong name)
    {
        if (_open.Count == Limit)
        {
            _open.Clear();
            Lose();
        }

        _open.Add(name);
    }

    /// <summary>Whether somebody waits on a name.</summary>
    public bool IsOpen(ulong name) => _open.Contains(name);

    /// <summary>The answer is there.</summary>
    public void Close(ulong name) => _open.Remove(name);

    /// <summary>Bytes are missing that may have asked, or answered.</summary>
    public void Lose() => IsIncomplete = true;
}
