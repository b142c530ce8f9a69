namespace Trama.Peers;

/// <summary>Alarms by when they are to ring, each once: a binary heap of which each knows its place, so that one can be moved and taken
/// out. Not safe for threads.</summary>
internal sealed class AlarmHeap
{
    private Alarm[] _alarms = new Alarm[16];
    private int _count;

    /// <summary>The one that is to ring first; null without any.</summary>
    public Alarm? First => _count > 0 ? _alarms[0] : null;

    /// <summary>An alarm is to ring then, instead of when it was until now.</summary>
    public void Set(Alarm alarm, long at)
    {
        alarm.DueAt = at;
        if (alarm.Place < 0)
        {
            if (_count == _alarms.Length) Array.Resize(ref _alarms, 2 * _count);
            Put(alarm, _count++);
        }

        Move(alarm);
    }

    /// <summary>An alarm is not to ring any more.</summary>
    public void Remove(Alarm alarm)
    {
        if (alarm.Place < 0) return;
        Alarm last = _alarms[--_count];
        _alarms[_count] = null!;
        if (last != alarm)
        {
            Put(last, alarm.Place);
            Move(last);
        }

        alarm.Place = -1;
    }

    private void Move(Alarm alarm)
    {
        while (alarm.Place > 0 && _alarms[(alarm.Place - 1) / 2] is { } above && above.DueAt > alarm.DueAt) Swap(alarm, above);
        while (Earlier((2 * alarm.Place) + 1) is { } below && below.DueAt < alarm.DueAt) Swap(alarm, below);
    }

    // Of two neighbours the one that is to ring first; null without any.
    private Alarm? Earlier(int left)
    {
        if (left >= _count) return null;
        return left + 1 < _count && _alarms[left + 1].DueAt < _alarms[left].DueAt ? _alarms[left + 1] : _alarms[left];
    }

    private void Swap(Alarm one, Alarm other)
    {
        int place = one.Place;
        Put(one, other.Place);
        Put(other, place);
    }

    private void Put(Alarm alarm, int place) => _alarms[alarm.Place = place] = alarm;
}
