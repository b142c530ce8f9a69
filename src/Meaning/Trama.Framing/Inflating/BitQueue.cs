using System.Buffers.Binary;

namespace Trama.Framing.Inflating;

/// <summary>Bits of a stream of bytes, the lowest of each byte first: at most 63 that were taken and not used yet.</summary>
internal struct BitQueue
{
    private const int Most = 63;

    /// <summary>The bits, the first one lowest; what lies above <see cref="Count"/> is not of the queue.</summary>
    public ulong Bits { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes as many bytes as there is room for.</summary>
    public void Fill(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(ulong))
        {
            int taken = (Most - Count) >> 3;
            Bits |= BinaryPrimitives.ReadUInt64LittleEndian(bytes) << Count;
            bytes = bytes[taken..];
            Count += 8 * taken;
            return;
        }

        for (; Count <= Most - 8 && !bytes.IsEmpty; bytes = bytes[1..], Count += 8)
            Bits = (Bits & ((1ul << Count) - 1)) | ((ulong)bytes[0] << Count);
    }

    /// <summary>Uses the first bits.</summary>
    public void Drop(int count)
    {
        Bits >>= count;
        Count -= count;
    }

    /// <summary>Uses the first bits, as a number; false when there are not so many.</summary>
    public bool TryTake(int count, out int value)
    {
        value = (int)(Bits & ((1ul << count) - 1));
        if (count > Count) return false;
        Drop(count);
        return true;
    }
}
