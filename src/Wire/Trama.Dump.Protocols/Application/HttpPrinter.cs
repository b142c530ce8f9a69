namespace Trama.Dump.Protocols.Application;

/// <summary>Prints HTTP/1 (RFC 9112): request and status lines, with <c>-v</c> the header fields too.</summary>
internal static class HttpPrinter
{
    private static readonly string[] Methods =
    [
        "GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "BCOPY", "BMOVE", "MKCOL", "TRACE", "LABEL", "MERGE",
        "DELETE", "SEARCH", "UNLOCK", "REPORT", "UPDATE", "NOTIFY", "BDELETE", "CONNECT", "OPTIONS", "CHECKIN", "PROPFIND",
        "CHECKOUT", "CCM_POST", "SUBSCRIBE", "PROPPATCH", "BPROPFIND", "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY",
        "MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT", "VERSION-CONTROL", "BASELINE-CONTROL",
    ];

    public static void Print(Dissection d, PacketBytes bytes, int length) =>
        TextProtocolPrinter.Print(d, "http", bytes, length, Methods);
}
