namespace Trama.Dump.Protocols.Application;

/// <summary>Prints which message of RADIUS (RFC 2865, RFC 2866, RFC 5176) came; with <c>-v</c> its authenticator too.</summary>
internal static class RadiusPrinter
{
    private const int CodeAt = 0, IdAt = 1, LengthAt = 2, AuthenticatorAt = 4, HeaderLength = 20;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "radius";
        int claimed = bytes.Has(HeaderLength) ? bytes.U16(LengthAt) : 0;
        if (claimed < HeaderLength)
        {
            d.Truncated();
            return;
        }

        length = Math.Min(length, claimed);
        int code = bytes.U8(CodeAt), id = bytes.U8(IdAt);
        if (d.Verbosity == 0)
        {
            d.Print($"RADIUS, {CodeName(code)} ({code}), id: 0x{id:x2} length: {length}");
            return;
        }

        d.Print($"RADIUS, length: {length}\n\t{CodeName(code)} ({code}), id: 0x{id:x2}, ");
        d.Print($"Authenticator: {bytes.Fetch(AuthenticatorAt, 16):x}");
    }

    private static string CodeName(int code) => code switch
    {
        1 => "Access-Request",
        2 => "Access-Accept",
        3 => "Access-Reject",
        4 => "Accounting-Request",
        5 => "Accounting-Response",
        11 => "Access-Challenge",
        12 => "Status-Server",
        13 => "Status-Client",
        40 => "Disconnect-Request",
        41 => "Disconnect-ACK",
        42 => "Disconnect-NAK",
        43 => "CoA-Request",
        44 => "CoA-ACK",
        45 => "CoA-NAK",
        255 => "Reserved",
        _ => "Unknown Command",
    };
}
