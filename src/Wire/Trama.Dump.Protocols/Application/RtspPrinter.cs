namespace Trama.Dump.Protocols.Application;

/// <summary>Prints RTSP (RFC 7826).</summary>
internal static class RtspPrinter
{
    private static readonly string[] Methods =
    [
        "DESCRIBE", "ANNOUNCE", "GET_PARAMETER", "OPTIONS", "PAUSE", "PLAY", "RECORD", "REDIRECT", "SETUP", "SET_PARAMETER",
        "TEARDOWN",
    ];

    public static void Print(Dissection d, PacketBytes bytes, int length) =>
        TextProtocolPrinter.Print(d, "rtsp", bytes, length, Methods);
}
