namespace Trama.Framing.Ldap;

/// <summary>The operations by their tags (RFC 4511 section 4.2 to 4.13).</summary>
internal static class LdapOperation
{
    public const byte Bind = 0x60;
    public const byte BindReply = 0x61;
    public const byte Unbind = 0x42;
    public const byte Search = 0x63;
    public const byte SearchEntry = 0x64;
    public const byte SearchDone = 0x65;
    public const byte Modify = 0x66;
    public const byte Add = 0x68;
    public const byte Delete = 0x4a;
    public const byte ModifyName = 0x6c;
    public const byte Compare = 0x6e;
    public const byte Abandon = 0x50;
    public const byte SearchReference = 0x73;
    public const byte Extended = 0x77;
    public const byte ExtendedReply = 0x78;
    public const byte Intermediate = 0x79;

    /// <summary>Whether there is such a one.</summary>
    public static bool IsKnown(byte operation) => IsRequest(operation)
        || operation is BindReply or SearchEntry or SearchDone or 0x67 or 0x69 or 0x6b or 0x6d or 0x6f or SearchReference or ExtendedReply
            or Intermediate;

    /// <summary>Whether a client says it.</summary>
    public static bool IsRequest(byte operation) => !Name(operation).IsEmpty;

    /// <summary>Whether more to the same request follows.</summary>
    public static bool IsPart(byte operation) => operation is SearchEntry or SearchReference or Intermediate;

    /// <summary>The name of a request; empty for what is none.</summary>
    public static ReadOnlySpan<byte> Name(byte operation) => operation switch
    {
        Bind => "bind"u8,
        Unbind => "unbind"u8,
        Search => "search"u8,
        Modify => "modify"u8,
        Add => "add"u8,
        Delete => "delete"u8,
        ModifyName => "modifyDN"u8,
        Compare => "compare"u8,
        Abandon => "abandon"u8,
        Extended => "extended"u8,
        _ => default,
    };
}
