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

    /// <summary>Bytes of a message that goes on; those after them, of another message perhaps, are to be given again.</summary>
    Piece,

    /// <summary>Bytes of no message: frames that manage the connection (SETTINGS, a keep-alive), the beginning of a record; those after
    /// them are to be given again.</summary>
    Between,

    /// <summary>As <see cref="Between"/>, and with them <see cref="StreamFraming.Carried"/> is there for the layer above.</summary>
    Carry,
}
