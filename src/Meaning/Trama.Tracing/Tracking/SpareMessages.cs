namespace Trama.Tracing.Tracking;

/// <summary>
/// Messages and exchanges that wait to be used again. Those used last come first, which the processor has at hand: so they belong to a
/// thread, not to a shard.
/// </summary>
internal sealed class SpareMessages
{
    /// <summary>The messages.</summary>
    public Spare<Message> Messages { get; } = new();

    /// <summary>The exchanges.</summary>
    public Spare<Exchange> Exchanges { get; } = new();

    /// <summary>Objects of one kind.</summary>
    internal sealed class Spare<T>
        where T : class, new()
    {
        private const int Most = 4096;

        private T?[] _objects = new T[16];
        private int _count;

        public T Take()
        {
            if (_count == 0) return new T();
            ref T? place = ref _objects[--_count];
            T taken = place!;
            place = null;
            return taken;
        }

        public void Add(T unused)
        {
            if (_count == _objects.Length)
            {
                if (_count == Most) return;
                Array.Resize(ref _objects, _count * 2);
            }

            _objects[_count++] = unused;
        }
    }
}
