using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>Receives a stream from its assembler.</summary>
internal interface IStreamReader
{
    /// <summary>The next bytes.</summary>
    void OnBytes(Side from, long offset, ReadOnlySpan<byte> bytes, long packet, Timestamp at);

    /// <summary>The next bytes will not come.</summary>
    void OnGap(Side from, long offset, long length, GapReason reason, long packet, Timestamp at);
}
