namespace Trama.Replay.Adapting.Numbers;

/// <summary>memcached: its binary protocol repeats what the client put into a request for that; its text protocol names nothing.</summary>
internal sealed class MemcachedAdaptation() : NumberedAdaptation(OpaqueAt, OpaqueAt, size: 4, isKeyed: false)
{
    private const int OpaqueAt = 12;
    private const byte Request = 0x80;

    /// <inheritdoc/>
    protected override bool IsNumbered(ReadOnlySpan<byte> message) => message is [>= Request and <= Request + 1, ..];
}
