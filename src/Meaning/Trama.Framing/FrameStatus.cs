namespace Trama.Framing;

/// <summary>What a framing says of the bytes it was given.</summary>
public enum FrameStatus : byte
{
    /// <summary>All the bytes were taken; the message in progress goes on.</summary>
    NeedMore,

    /// <summary>The message ends with the last byte taken; the bytes after it are to be given again.</summary>
    Complete,

    /// <summary>The bytes do not fit; none was taken, <see cref="StreamFraming.Failure"/> says why and where.</summary>
    Unfit,
}
