using System.Security.Cryptography;

namespace Trama.Tracing.Tracking;

/// <summary>Where the streams of a connection leave their assemblers: passes them on to the connection's messages, and digests
/// them.</summary>
internal sealed class StreamOutlet(Connection connection, TrackerContext context)
{
    private IncrementalHash?[]? _digests;

    /// <summary>What the sides of the connection say.</summary>
    public ConnectionMessages Messages { get; } = new(connection, context);

    /// <summary>The next bytes of a stream.</summary>
    public void OnBytes(Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (context.Options.Digests) Digest(from, bytes);
        Messages.Bytes(from, offset, bytes, packet);
    }

    /// <summary>The next bytes of a stream will not come.</summary>
    public void OnGap(Side from, long offset, long length, GapReason reason, PacketStamp packet) =>
        MessageStep.Gap(Messages, from, offset, length, reason, packet).Take([]);

    /// <summary>The SHA-256 of all bytes that a side sent; to be asked for once, at the end.</summary>
    public byte[] Digest(Side from)
    {
        using IncrementalHash? digest = _digests?[(int)from];
        return digest?.GetHashAndReset() ?? SHA256.HashData([]);
    }

    private void Digest(Side from, ReadOnlySpan<byte> bytes)
    {
        _digests ??= new IncrementalHash?[2];
        (_digests[(int)from] ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(bytes);
    }
}
