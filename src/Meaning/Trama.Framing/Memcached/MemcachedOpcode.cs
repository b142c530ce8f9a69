namespace Trama.Framing.Memcached;

/// <summary>The commands of the binary protocol.</summary>
internal static class MemcachedOpcode
{
    /// <summary>Says goodbye.</summary>
    public const byte Quit = 0x07;

    /// <summary>Is answered by several packets.</summary>
    public const byte Stat = 0x10;

    /// <summary>The longest extras of a command.</summary>
    public const int MostExtras = 24;

    private static readonly string?[] s_names =
    [
        "get", "set", "add", "replace", "delete", "increment", "decrement", "quit", "flush", "getq", "noop", "version", "getk", "getkq",
        "append", "prepend", "stat", "setq", "addq", "replaceq", "deleteq", "incrementq", "decrementq", "quitq", "flushq", "appendq",
        "prependq",
        "verbosity", "touch", "gat", "gatq", null, "sasl-list-mechs", "sasl-auth", "sasl-step", "gatk", "gatkq",
    ];

    private static readonly byte[]?[] s_words =
        [.. s_names.Select(name => name is null ? null : System.Text.Encoding.ASCII.GetBytes(name))];

    /// <summary>Whether there is such a command.</summary>
    public static bool IsKnown(byte opcode) => opcode < s_words.Length && s_words[opcode] is not null;

    /// <summary>Its name; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Name(byte opcode) => IsKnown(opcode) ? s_words[opcode] : default;

    /// <summary>Whether only what is unusual is answered: a hit, an error.</summary>
    public static bool IsQuiet(byte opcode) => opcode is 0x09 or 0x0d or (>= 0x11 and <= 0x1a) or 0x1e or 0x24;
}
