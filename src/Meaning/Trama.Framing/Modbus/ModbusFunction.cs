namespace Trama.Framing.Modbus;

/// <summary>The names of functions and exceptions (MODBUS Application Protocol V1.1b3, sections 5 to 7).</summary>
internal static class ModbusFunction
{
    /// <summary>The bit of a function that an exception sets.</summary>
    public const byte Exception = 0x80;

    /// <summary>A function; empty for one that is not public.</summary>
    public static ReadOnlySpan<byte> Name(byte function) => (function & ~Exception) switch
    {
        1 => "Read Coils"u8,
        2 => "Read Discrete Inputs"u8,
        3 => "Read Holding Registers"u8,
        4 => "Read Input Registers"u8,
        5 => "Write Single Coil"u8,
        6 => "Write Single Register"u8,
        7 => "Read Exception Status"u8,
        8 => "Diagnostics"u8,
        11 => "Get Comm Event Counter"u8,
        12 => "Get Comm Event Log"u8,
        15 => "Write Multiple Coils"u8,
        16 => "Write Multiple Registers"u8,
        17 => "Report Server ID"u8,
        20 => "Read File Record"u8,
        21 => "Write File Record"u8,
        22 => "Mask Write Register"u8,
        23 => "Read/Write Multiple Registers"u8,
        24 => "Read FIFO Queue"u8,
        43 => "Encapsulated Interface Transport"u8,
        _ => default,
    };

    /// <summary>Whether an address follows a function.</summary>
    public static bool HasAddress(byte function) => function is >= 1 and <= 6 or 15 or 16 or 22 or 23 or 24;

    /// <summary>An exception; empty for an unknown one.</summary>
    public static ReadOnlySpan<byte> ExceptionName(byte code) => code switch
    {
        1 => "Illegal Function"u8,
        2 => "Illegal Data Address"u8,
        3 => "Illegal Data Value"u8,
        4 => "Server Device Failure"u8,
        5 => "Acknowledge"u8,
        6 => "Server Device Busy"u8,
        8 => "Memory Parity Error"u8,
        10 => "Gateway Path Unavailable"u8,
        11 => "Gateway Target Device Failed to Respond"u8,
        _ => default,
    };
}
