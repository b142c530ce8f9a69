namespace Trama.Framing;

/// <summary>How a length prefix is written.</summary>
public enum LengthField : byte
{
    /// <summary>One byte.</summary>
    U8,

    /// <summary>Two bytes, most significant first.</summary>
    U16BE,

    /// <summary>Two bytes, least significant first.</summary>
    U16LE,

    /// <summary>Four bytes, most significant first.</summary>
    U32BE,

    /// <summary>Four bytes, least significant first.</summary>
    U32LE,
}
