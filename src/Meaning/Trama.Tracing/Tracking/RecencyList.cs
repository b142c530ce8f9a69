namespace Trama.Tracing.Tracking;

/// <summary>Connections in order of their last packet, so that the one silent for longest is at hand.</summary>
internal sealed class RecencyList
{
    private Flow? _newest;

    /// <summary>The one silent for longest.</summary>
    public Flow? Oldest { get; private set; }

    public int Count { get; private set; }

    /// <summary>Makes a connection the newest of this list, wherever it stood before.</summary>
    public void Touch(Flow flow)
    {
        if (flow == _newest) return;
        flow.List?.Remove(flow);
        flow.List = this;
        (flow.Older, flow.Newer) = (_newest, null);
        if (_newest is not null) _newest.Newer = flow;
        _newest = flow;
        Oldest ??= flow;
        Count++;
    }

    public void Remove(Flow flow)
    {
        if (flow.Older is { } older) older.Newer = flow.Newer;
        else Oldest = flow.Newer;
        if (flow.Newer is { } newer) newer.Older = flow.Older;
        else _newest = flow.Older;
        (flow.Older, flow.Newer, flow.List) = (null, null, null);
        Count--;
    }
}
