namespace Trama.Framing;

/// <summary>Why the text of a framing is refused.</summary>
public enum FramingRuleFault : byte
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>No framing has this name.</summary>
    UnknownName,

    /// <summary>This framing takes nothing after its name.</summary>
    UnexpectedArgument,

    /// <summary>The framing needs something after a colon.</summary>
    MissingArgument,

    /// <summary>The delimiter is not written in pairs of hexadecimal digits.</summary>
    BadHex,

    /// <summary>The delimiter is longer than <see cref="FramingRule.MaxDelimiter"/> bytes.</summary>
    DelimiterTooLong,

    /// <summary>The length field is none of u8, u16be, u16le, u32be, u32le.</summary>
    UnknownLengthField,

    /// <summary>What follows the length field is not <c>+N</c> or <c>-N</c>, with N from 0 to 65535.</summary>
    BadAdjustment,

    /// <summary>What stands before <c>=</c> is no port.</summary>
    BadPort,

    /// <summary>Two framings are given for the same connections.</summary>
    Repeated,
}
