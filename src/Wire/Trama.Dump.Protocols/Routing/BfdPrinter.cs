using Trama.Dump.Printers;
using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints BFD (RFC 5880), by port that of single hops, of several hops, of link bundles, and echoes.</summary>
internal static class BfdPrinter
{
    private const int VersionAt = 0, FlagsAt = 1, MultiplierAt = 2, LengthAt = 3, HeaderLength = 24;
    private const int MyDiscriminatorAt = 4, YourDiscriminatorAt = 8, TransmitAt = 12, ReceiveAt = 16, EchoAt = 20;
    private const ushort SinglePort = 3784, EchoPort = 3785, MultihopPort = 4784, BundlePort = 6784;
    private const int Authentication = 0x04;

    private static readonly (uint Bits, string Name)[] FlagsV0 =
    [
        (0x80, "I Hear You"), (0x40, "Demand"), (0x20, "Poll"), (0x10, "Final"), (0x08, "Control Plane Independent"),
        (0x04, "Authentication Present"), (0x02, "Reserved"), (0x01, "Reserved"),
    ];

    private static readonly (uint Bits, string Name)[] FlagsV1 =
    [
        (0x20, "Poll"), (0x10, "Final"), (0x08, "Control Plane Independent"), (0x04, "Authentication Present"), (0x02, "Demand"),
        (0x01, "Multipoint"),
    ];

    /// <summary>The ports that BFD is sent to: of single hops, of several, of the links of a bundle, and of echoes.</summary>
    public static ushort[] Ports { get; } = [SinglePort, MultihopPort, BundlePort, EchoPort];

    public static void Print(Dissection d, Payload payload)
    {
        d.Protocol = "bfd";
        PacketBytes bytes = payload.Bytes;
        int length = payload.Length, port = payload.DestinationPort;
        if (port == EchoPort)
        {
            PrintOpaque(d, "BFD, Echo", bytes, length);
            return;
        }

        _ = bytes.Fetch(0, HeaderLength);
        int version = bytes.U8(VersionAt) >> 5;
        if (version > 1)
        {
            PrintOpaque(d, $"BFDv{version}, Control", bytes, length);
            return;
        }

        bool verbose = d.Verbosity > 0;
        d.Print($"BFDv{version}, ");
        if (verbose) d.Print($"length: {length}\n\t");
        int flags = bytes.U8(FlagsAt);
        string kind = version == 0 ? "Control" : port switch { SinglePort => "Control", MultihopPort => "Multihop", _ => "Lag" };
        d.Print($"{kind}, ");
        if (version == 1) d.Print($"State {(flags >> 6) switch { 0 => "AdminDown", 1 => "Down", 2 => "Init", _ => "Up" }}, ");
        d.Print($"Flags: [");
        if (!d.Output.AppendBits(version == 0 ? FlagsV0 : FlagsV1, (uint)flags)) d.Print($"none");
        d.Print($"], ");
        if (!verbose)
        {
            d.Print($"length: {length}");
            return;
        }

        PrintDetails(d, bytes);
        if ((flags & Authentication) != 0) PrintAuthentication(d, bytes.From(HeaderLength));
    }

    private static void PrintOpaque(Dissection d, string title, PacketBytes bytes, int length)
    {
        d.Print($"{title}, length: {length}");
        if (d.Verbosity > 0) d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
    }

    private static void PrintDetails(Dissection d, PacketBytes bytes)
    {
        int diagnostic = bytes.U8(VersionAt) & 0x1f;
        uint multiplier = bytes.U8(MultiplierAt);
        d.Print($"Diagnostic: {DiagnosticName(diagnostic)} (0x{diagnostic:x2})");
        d.Print($"\n\tDetection Timer Multiplier: {multiplier} ({multiplier * bytes.U32(TransmitAt) / 1000} ms Detection time), ");
        d.Print($"BFD Length: {bytes.U8(LengthAt)}");
        d.Print($"\n\tMy Discriminator: 0x{bytes.U32(MyDiscriminatorAt):x8}, Your Discriminator: 0x{bytes.U32(YourDiscriminatorAt):x8}");
        PrintInterval(d, "Desired min Tx Interval:   ", bytes.U32(TransmitAt));
        PrintInterval(d, "Required min Rx Interval:  ", bytes.U32(ReceiveAt));
        PrintInterval(d, "Required min Echo Interval:", bytes.U32(EchoAt));
    }

    private static void PrintInterval(Dissection d, string title, uint microseconds)
    {
        uint milliseconds = microseconds / 1000;
        string padding = milliseconds switch { < 10 => "   ", < 100 => "  ", < 1000 => " ", _ => "" };
        d.Print($"\n\t  {title} {padding}{milliseconds} ms");
    }

    private static void PrintAuthentication(Dissection d, PacketBytes bytes)
    {
        _ = bytes.Fetch(0, 2);
        int type = bytes.U8(0), length = bytes.U8(1);
        string name = type switch
        {
            1 => "Simple Password",
            2 => "Keyed MD5",
            3 => "Meticulous Keyed MD5",
            4 => "Keyed SHA1",
            5 => "Meticulous Keyed SHA1",
            _ => "Unknown",
        };
        d.Print($"\n\tAuthentication: {name} ({type}), length: {length}");
        d.Print($"\n\t  Auth Key ID: {bytes.U8(2)}");
        int digestLength = type switch { 2 or 3 => 16, 4 or 5 => 20, _ => 0 };
        if (type == 1 && length is >= 4 and <= 19)
        {
            d.Print($", Password: {bytes.Fetch(3, length - 3):s}");
        }
        else if (digestLength > 0 && length == 8 + digestLength)
        {
            d.Print($", Sequence Number: 0x{bytes.U32(4):x8}");
            d.Print($"\n\t  {(digestLength == 16 ? "Digest" : "Hash")}: {bytes.Fetch(8, digestLength):x}");
        }
        else if (type is >= 1 and <= 5)
        {
            d.Print($"[invalid length {length}]");
        }
    }

    private static string DiagnosticName(int code) => code switch
    {
        0 => "No Diagnostic",
        1 => "Control Detection Time Expired",
        2 => "Echo Function Failed",
        3 => "Neighbor Signaled Session Down",
        4 => "Forwarding Plane Reset",
        5 => "Path Down",
        6 => "Concatenated Path Down",
        7 => "Administratively Down",
        8 => "Reverse Concatenated Path Down",
        _ => "unknown",
    };
}
