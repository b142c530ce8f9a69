namespace Trama.Replay.Recording;

/// <summary>How much of a capture's conversations may be kept.</summary>
/// <param name="maxBytes">The most bytes.</param>
internal sealed class RecordingRoom(long maxBytes)
{
    private long _left = maxBytes;

    /// <summary>How often there was no room.</summary>
    public long LeftOut { get; private set; }

    /// <summary>A copy of the bytes; nothing where there is no room for it.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _left)
        {
            LeftOut++;
            return default;
        }

        _left -= bytes.Length;
        return bytes.ToArray();
    }

    /// <summary>Bytes that were kept are not needed.</summary>
    public void GiveBack(long bytes) => _left += bytes;
}
