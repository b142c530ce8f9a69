namespace Trama.Dump.Protocols.Application;

/// <summary>Prints the commands with which Telnet (RFC 854) starts a segment: negotiations and subnegotiations of options.</summary>
internal static class TelnetPrinter
{
    private const byte InterpretAsCommand = 255, Dont = 254, Will = 251, Subnegotiation = 250, SubnegotiationEnd = 240, FirstCommand = 236;
    private const byte Authentication = 37, Encryption = 38;

    private static readonly string[] Commands =
    [
        "EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DMARK", "BRK", "IP", "AO", "AYT", "EC", "EL", "GA", "SB", "WILL", "WONT",
        "DO", "DONT", "IAC",
    ];

    private static readonly string[] Options =
    [
        "BINARY", "ECHO", "RCP", "SUPPRESS GO AHEAD", "NAME", "STATUS", "TIMING MARK", "RCTE", "NAOL", "NAOP", "NAOCRD", "NAOHTS",
        "NAOHTD", "NAOFFD", "NAOVTS", "NAOVTD", "NAOLFD", "EXTEND ASCII", "LOGOUT", "BYTE MACRO", "DATA ENTRY TERMINAL", "SUPDUP",
        "SUPDUP OUTPUT", "SEND LOCATION", "TERMINAL TYPE", "END OF RECORD", "TACACS UID", "OUTPUT MARKING", "TTYLOC",
        "3270 REGIME", "X.3 PAD", "NAWS", "TSPEED", "LFLOW", "LINEMODE", "XDISPLOC", "OLD-ENVIRON", "AUTHENTICATION", "ENCRYPT",
        "NEW-ENVIRON",
    ];

    private static readonly string?[] Qualifiers = ["IS", "SEND", "INFO"];
    private static readonly string?[] AuthenticationCommands = ["IS", "SEND", "REPLY", "NAME"];

    private static readonly string?[] AuthenticationTypes =
    [
        "NULL", "KERBEROS_V4", "KERBEROS_V5", "SPX", "MINK", "SRP", "RSA", "SSL", null, null, "LOKI", "SSA", "KEA_SJ",
        "KEA_SJ_INTEG", "DSS", "NTLM",
    ];

    private static readonly string?[] EncryptionCommands =
        ["IS", "SUPPORT", "REPLY", "START", "END", "REQUEST-START", "REQUEST-END", "END_KEYID", "DEC_KEYID"];

    private static readonly string?[] EncryptionTypes =
    [
        "NULL", "DES_CFB64", "DES_OFB64", "DES3_CFB64", "DES3_OFB64", null, "CAST5_40_CFB64", "CAST5_40_OFB64", "CAST128_CFB64",
        "CAST128_OFB64",
    ];

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "telnet";
        int at = 0;
        while (at < length && bytes.U8(at) == InterpretAsCommand)
        {
            int commandLength = CommandLength(bytes.From(at), length - at);
            if (commandLength == 0 || d.IsCut) break;
            d.Print($"{(at == 0 ? " [telnet " : ", ")}");
            PrintCommand(d, bytes.From(at), commandLength);
            at += commandLength;
        }

        if (at > 0) d.Print($"]");
    }

    /// <summary>How long the command at the start is; 0 when it is none, or not whole.</summary>
    private static int CommandLength(PacketBytes bytes, int length)
    {
        if (length < 2) return 0;
        byte command = bytes.U8(1);
        if (command < FirstCommand) return 0;
        if (command is not (>= Subnegotiation and <= Dont)) return 2;
        if (length < 3) return 0;
        if (command != Subnegotiation) return 3;
        int at = 3;
        while (at + 1 < length && bytes.Has(at + 2) && !EndsAt(bytes, at)) at++;
        return at + 1 < length && EndsAt(bytes, at) ? at + 2 : 0;
    }

    private static bool EndsAt(PacketBytes bytes, int at) => bytes.U8(at) == InterpretAsCommand && bytes.U8(at + 1) == SubnegotiationEnd;

    private static void PrintCommand(Dissection d, PacketBytes bytes, int length)
    {
        byte command = bytes.U8(1);
        if (command == InterpretAsCommand)
        {
            d.Print($"IAC IAC");
            return;
        }

        d.Print($"{Commands[command - FirstCommand]}");
        if (length < 3) return;
        byte option = bytes.U8(2);
        if (option < Options.Length) d.Print($" {Options[option]}");
        else PrintNumber(d, option);
        if (command == Subnegotiation) PrintSubnegotiation(d, bytes.From(3), length - 5, option);
    }

    private static void PrintSubnegotiation(Dissection d, PacketBytes bytes, int length, byte option)
    {
        (string?[] first, string?[] second) = option switch
        {
            Authentication => (AuthenticationCommands, AuthenticationTypes),
            Encryption => (EncryptionCommands, EncryptionTypes),
            _ => (Qualifiers, []),
        };
        for (int i = 0; i < length; i++)
        {
            byte value = bytes.U8(i);
            string?[] names = i == 0 ? first : i == 1 ? second : [];
            if (value < names.Length && names[value] is { } name) d.Print($" {name}");
            else PrintNumber(d, value);
        }

        d.Print($" SE");
    }

    private static void PrintNumber(Dissection d, byte value) => d.Print($" {(value == 0 ? "" : "0x")}{value:x}");
}
