namespace Trama.Tracing.Tracking;

/// <summary>Steps in order, with copies of their bytes.</summary>
internal sealed class StepBatch
{
    private const int MaxSteps = 4096;
    private const int UsualBytes = 256 * 1024;

    private readonly MessageStep[] _steps = new MessageStep[MaxSteps];
    private readonly int[] _ends = new int[MaxSteps];
    private byte[] _bytes = new byte[UsualBytes];
    private int _count;

    /// <summary>Adds a step; refuses when the batch is full.</summary>
    public bool TryAdd(in MessageStep step, ReadOnlySpan<byte> bytes)
    {
        int start = _count == 0 ? 0 : _ends[_count - 1];
        if (_count == MaxSteps || (start > 0 && start + bytes.Length > UsualBytes)) return false;
        if (bytes.Length > _bytes.Length) _bytes = new byte[bytes.Length];
        bytes.CopyTo(_bytes.AsSpan(start));
        _ends[_count] = start + bytes.Length;
        _steps[_count++] = step;
        return true;
    }

    /// <summary>Takes every step, in order, and is empty then.</summary>
    public void TakeAll()
    {
        int start = 0;
        for (int i = 0; i < _count; i++)
        {
            _steps[i].Take(_bytes.AsSpan(start, _ends[i] - start));
            start = _ends[i];
        }

        _count = 0;
    }
}
