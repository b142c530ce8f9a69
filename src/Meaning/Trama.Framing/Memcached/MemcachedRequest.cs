namespace Trama.Framing.Memcached;

/// <summary>A packet that waits for its reply.</summary>
/// <param name="Opcode">The command.</param>
/// <param name="Opaque">What the client chose.</param>
/// <param name="Key">What pairs them.</param>
/// <param name="IsUnsure">Whether it may have been answered unseen.</param>
internal readonly record struct MemcachedRequest(byte Opcode, uint Opaque, long Key, bool IsUnsure = false);
