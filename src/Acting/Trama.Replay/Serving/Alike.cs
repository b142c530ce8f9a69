namespace Trama.Replay.Serving;

/// <summary>Recorded requests that are alike, each of which has its turn. Not safe for threads.</summary>
internal sealed class Alike
{
    private readonly List<ScriptedRequest> _requests = [];
    private int _next;
    private int _round;

    /// <summary>Adds one.</summary>
    public void Add(ScriptedRequest request) => _requests.Add(request);

    /// <summary>The first in order of those that were played least often.</summary>
    public ScriptedRequest Next()
    {
        while (_requests[_next].Uses > _round)
        {
            if (++_next < _requests.Count) continue;
            _next = 0;
            _round++;
        }

        return _requests[_next];
    }
}
