using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application;

/// <summary>Prints who a syslog message (RFC 3164, RFC 5424) is from and how grave it is; with <c>-v</c> its text.</summary>
internal static class SyslogPrinter
{
    private const int MostDigits = 3, FacilityMask = 0x3f8, SeverityMask = 7;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "syslog";
        int at = 1, priority = 0;
        bool marked = bytes.U8(0) == '<';
        while (marked && at <= MostDigits && bytes.U8(at) is var digit and >= (byte)'0' and <= (byte)'9')
        {
            priority = priority * 10 + digit - '0';
            at++;
        }

        if (d.IsCut) return;
        if (!marked || bytes.U8(at++) != '>')
        {
            d.Invalid();
            return;
        }

        int facility = (priority & FacilityMask) >> 3, severity = priority & SeverityMask;
        if (d.Verbosity == 0)
        {
            d.Print($"SYSLOG {FacilityName(facility)}.{SeverityName(severity)}, length: {length}");
            return;
        }

        d.Print($"SYSLOG, length: {length}\n\tFacility {FacilityName(facility)} ({facility}), ");
        d.Print($"Severity {SeverityName(severity)} ({severity})\n\tMsg: ");
        d.Output.AppendCounted(bytes, at, length - at);
        if (d.Verbosity > 1) d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
    }

    private static string SeverityName(int severity) => severity switch
    {
        0 => "emergency",
        1 => "alert",
        2 => "critical",
        3 => "error",
        4 => "warning",
        5 => "notice",
        6 => "info",
        _ => "debug",
    };

    private static string FacilityName(int facility) => facility switch
    {
        0 => "kernel",
        1 => "user",
        2 => "mail",
        3 => "daemon",
        4 => "auth",
        5 => "syslog",
        6 => "lpr",
        7 => "news",
        8 => "uucp",
        9 or 15 => "cron",
        10 => "authpriv",
        11 => "ftp",
        12 => "ntp",
        13 => "security",
        14 => "console",
        16 => "local0",
        17 => "local1",
        18 => "local2",
        19 => "local3",
        20 => "local4",
        21 => "local5",
        22 => "local6",
        23 => "local7",
        _ => $"unknown ({facility})",
    };
}
