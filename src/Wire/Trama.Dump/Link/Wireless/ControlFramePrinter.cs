namespace Trama.Dump.Link.Wireless;

/// <summary>Prints the control frames of 802.11 (IEEE 802.11 section 9.3.1).</summary>
internal static class ControlFramePrinter
{
    /// <summary>The subtype of a frame that asks for what was kept; its second field is no duration.</summary>
    public const int PowerSavePoll = 10;

    private const int Wrapper = 7, AcknowledgmentRequest = 8, BlockAcknowledgment = 9, RequestToSend = 11, ClearToSend = 12;
    private const int Acknowledgment = 13, ContentionFreeEnd = 14, ContentionFreeEndAcknowledged = 15;

    /// <summary>The length of a frame's header, in bytes; 0 for an unknown subtype.</summary>
    public static int LengthOf(int subtype) => subtype switch
    {
        AcknowledgmentRequest => 20,
        BlockAcknowledgment or ClearToSend or Acknowledgment => 10,
        Wrapper or PowerSavePoll or RequestToSend or ContentionFreeEnd or ContentionFreeEndAcknowledged => 16,
        _ => 0,
    };

    /// <summary>Prints the addresses, as <c>-e</c> shows them.</summary>
    public static void PrintHeader(Dissection d, int subtype, PacketBytes bytes)
    {
        switch (subtype)
        {
            case AcknowledgmentRequest:
                PrintRequest(d, bytes);
                break;
            case BlockAcknowledgment or ClearToSend or Acknowledgment:
                d.Print($"RA:{WirelessPrinter.Address(bytes, 1):m} ");
                break;
            case PowerSavePoll:
                d.Print($"BSSID:{WirelessPrinter.Address(bytes, 1):m} TA:{WirelessPrinter.Address(bytes, 2):m} ");
                break;
            case RequestToSend:
                d.Print($"RA:{WirelessPrinter.Address(bytes, 1):m} TA:{WirelessPrinter.Address(bytes, 2):m} ");
                break;
            case ContentionFreeEnd or ContentionFreeEndAcknowledged:
                d.Print($"RA:{WirelessPrinter.Address(bytes, 1):m} BSSID:{WirelessPrinter.Address(bytes, 2):m} ");
                break;
        }
    }

    /// <summary>Prints which frame it is.</summary>
    public static void Print(Dissection d, int subtype, PacketBytes bytes)
    {
        d.Print($"{Name(subtype)}");
        if (subtype == PowerSavePoll) d.Print($" AID({bytes.LittleU16(2):x})");
        if (d.Options.LinkLayer || subtype is Wrapper or PowerSavePoll) return;
        if (subtype == AcknowledgmentRequest) PrintRequest(d, bytes);
        else if (subtype == RequestToSend) d.Print($" TA:{WirelessPrinter.Address(bytes, 2):m} ");
        else d.Print($" RA:{WirelessPrinter.Address(bytes, 1):m} ");
    }

    private static void PrintRequest(Dissection d, PacketBytes bytes)
    {
        const int ControlAt = 16, SequenceAt = 18;
        d.Print($" RA:{WirelessPrinter.Address(bytes, 1):m} TA:{WirelessPrinter.Address(bytes, 2):m} ");
        d.Print($"CTL({bytes.LittleU16(ControlAt):x}) SEQ({bytes.LittleU16(SequenceAt)}) ");
    }

    private static string Name(int subtype) => subtype switch
    {
        Wrapper => "Control Wrapper",
        AcknowledgmentRequest => "BAR",
        BlockAcknowledgment => "BA",
        PowerSavePoll => "Power Save-Poll",
        RequestToSend => "Request-To-Send",
        ClearToSend => "Clear-To-Send",
        Acknowledgment => "Acknowledgment",
        ContentionFreeEnd => "CF-End",
        _ => "CF-End+CF-Ack",
    };
}
