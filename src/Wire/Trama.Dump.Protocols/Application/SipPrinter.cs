namespace Trama.Dump.Protocols.Application;

/// <summary>Prints SIP (RFC 3261).</summary>
internal static class SipPrinter
{
    private static readonly string[] Methods =
    [
        "ACK", "BYE", "CANCEL", "DO", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "QAUTH", "REFER", "REGISTER",
        "SPRACK", "SUBSCRIBE", "UPDATE", "PUBLISH",
    ];

    public static void Print(Dissection d, PacketBytes bytes, int length) =>
        TextProtocolPrinter.Print(d, "sip", bytes, length, Methods);
}
