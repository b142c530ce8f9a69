namespace Trama.Diagnosis.Evidence;

/// <summary>Last words of protocols in use: messages that are followed by the close, and by no reply.</summary>
internal static class Goodbye
{
    /// <summary>Whether a payload that begins with <paramref name="head"/>, the first byte highest, is one.</summary>
    public static bool Is(ulong head) =>
        // A TLS alert (RFC 8446 section 6.1), the close frame of a web socket (RFC 6455 section 5.5.1), MQTT's DISCONNECT.
        (head >> 48) is 0x1503 || (head >> 55) is 0x88 << 1 or (0x88 << 1) + 1 || (head >> 48) is 0xe000
        // LDAP's unbind request (RFC 4511 section 4.3), MySQL's COM_QUIT, PostgreSQL's Terminate.
        || ((head & 0xffff_ffff_00ff_ff00) == 0x3005_0201_0042_0000) || (head >> 24) is 0x01_0000_0001 or 0x58_0000_0004;
}
