namespace Trama.Framing.Ssh;

/// <summary>The messages that are sent in the clear (RFC 4253 section 12, RFC 5656, RFC 4419).</summary>
internal static class SshMessage
{
    /// <summary>SSH_MSG_DISCONNECT.</summary>
    public const byte Disconnect = 1;

    /// <summary>SSH_MSG_KEXINIT.</summary>
    public const byte KeyExchangeInit = 20;

    /// <summary>SSH_MSG_NEWKEYS.</summary>
    public const byte NewKeys = 21;

    /// <summary>The name of a message; empty for one that is never in the clear.</summary>
    public static ReadOnlySpan<byte> Name(byte type) => type switch
    {
        Disconnect => "DISCONNECT"u8,
        2 => "IGNORE"u8,
        3 => "UNIMPLEMENTED"u8,
        4 => "DEBUG"u8,
        7 => "EXT_INFO"u8,
        KeyExchangeInit => "KEXINIT"u8,
        NewKeys => "NEWKEYS"u8,
        30 => "KEX_INIT"u8,
        31 => "KEX_REPLY"u8,
        32 => "KEX_GEX_INIT"u8,
        33 => "KEX_GEX_REPLY"u8,
        34 => "KEX_GEX_REQUEST"u8,
        _ => default,
    };
}
