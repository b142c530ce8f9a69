namespace Trama.Framing.Memcached;

/// <summary>How a request of the binary protocol ended.</summary>
internal static class MemcachedStatus
{
    /// <summary>The largest code.</summary>
    public const int Last = 0x86;

    /// <summary>Writes a code and its name.</summary>
    public static void Write(int status, ref ShortText text)
    {
        text.Add(status);
        ReadOnlySpan<byte> name = Name(status);
        if (name.IsEmpty) return;
        text.Add(" "u8);
        text.Add(name);
    }

    /// <summary>Whether it is an error; a miss is none.</summary>
    public static bool IsFailure(int status) => status is not (0 or 1 or 2 or 5 or 0x21);

    private static ReadOnlySpan<byte> Name(int status) => status switch
    {
        0 => "No error"u8,
        1 => "Key not found"u8,
        2 => "Key exists"u8,
        3 => "Value too large"u8,
        4 => "Invalid arguments"u8,
        5 => "Item not stored"u8,
        6 => "Incr/Decr on non-numeric value"u8,
        7 => "The vbucket belongs to another server"u8,
        8 => "Authentication error"u8,
        0x20 => "Authentication required"u8,
        0x21 => "Authentication continue"u8,
        0x81 => "Unknown command"u8,
        0x82 => "Out of memory"u8,
        0x83 => "Not supported"u8,
        0x84 => "Internal error"u8,
        0x85 => "Busy"u8,
        Last => "Temporary failure"u8,
        _ => default,
    };
}
