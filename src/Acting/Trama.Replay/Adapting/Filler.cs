using Trama.Replay.Recording;

namespace Trama.Replay.Adapting;

/// <summary>Bytes in the place of those that a capture lacks.</summary>
internal static class Filler
{
    // A message of more than a message may have is not made up.
    private const long Most = 1 << 30;

    /// <summary>A message's bytes, with zeros for those that are missing.</summary>
    public static ReadOnlyMemory<byte> Of(RecordedMessage message)
    {
        if (message.IsWhole || message.Length > Most) return message.Bytes;
        byte[] filled = new byte[message.Length];
        message.Bytes.CopyTo(filled);
        return filled;
    }
}
