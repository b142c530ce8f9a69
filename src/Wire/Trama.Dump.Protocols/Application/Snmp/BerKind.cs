namespace Trama.Dump.Protocols.Application.Snmp;

/// <summary>What a value of SNMP is.</summary>
internal enum BerKind
{
    /// <summary>Bytes of no known meaning.</summary>
    Octets,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A number with sign.</summary>
    Integer,

    /// <summary>A number of 32 bits without sign: a counter, a gauge, a time.</summary>
    Unsigned,

    /// <summary>A counter of 64 bits.</summary>
    Unsigned64,

    /// <summary>Text or bytes.</summary>
    String,

    /// <summary>An object's identifier.</summary>
    ObjectId,

    /// <summary>An IPv4 address.</summary>
    Address,

    /// <summary>Values in a row.</summary>
    Sequence,

    /// <summary>Why there is no value.</summary>
    Exception,

    /// <summary>A request or a reply.</summary>
    Pdu,
}
