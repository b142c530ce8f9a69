namespace Trama.Framing.Bodies;

/// <summary>Why an encoded body was not decoded, or only its beginning.</summary>
public enum BodyObstacle : byte
{
    /// <summary>It was.</summary>
    None,

    /// <summary>There is no decoder for its content coding.</summary>
    Coding,

    /// <summary>It is not what its content coding says.</summary>
    Malformed,

    /// <summary>Bytes of it are missing.</summary>
    MissingBytes,

    /// <summary>Decoded, it and others are too large: <see cref="BodyReading"/>.</summary>
    Limit,
}
