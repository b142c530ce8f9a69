namespace Trama.Framing.Bodies;

/// <summary>Decodes a body whose bytes come in pieces.</summary>
internal abstract class BodyDecoder : IDisposable
{
    /// <summary>Whether the body is complete.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Decodes the next bytes.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="body">Takes what they say, and may want no more of it.</param>
    /// <returns>False when the bytes are malformed.</returns>
    public abstract bool TryDecode(ReadOnlySpan<byte> encoded, MessageBody body);

    /// <summary>Why it is not decoded, after <see cref="TryDecode"/> or <see cref="TryEnd"/> refused.</summary>
    public virtual BodyObstacle Failure => BodyObstacle.Malformed;

    /// <summary>The body ends here; false when it is not complete.</summary>
    /// <param name="body">Takes what is left of it.</param>
    public virtual bool TryEnd(MessageBody body) => IsOver;

    /// <summary>A body was not decoded to its end, and later ones may refer to it.</summary>
    public virtual void Lose()
    {
    }

    /// <summary>A decoder of a coding; null where there is none.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="first">The first byte of the body.</param>
    public static BodyDecoder? For(ContentCoding coding, byte first) => coding switch
    {
        ContentCoding.Gzip or ContentCoding.Deflate => new InflatedBody(coding, first),
        ContentCoding.Brotli => new BrotliBody(),
        ContentCoding.Zstd => new ZstdBody(),
        _ => null,
    };

    /// <inheritdoc/>
    public abstract void Dispose();
}
