using Trama.Dump.Text;

namespace Trama.Dump.Transport;

/// <summary>Prints SCTP (RFC 9260): its ports and each of its chunks.</summary>
internal static class SctpPrinter
{
    private const int HeaderLength = 12, ChunkHeaderLength = 4;
    private const int Data = 0, Init = 1, InitAck = 2, SelectiveAck = 3;

    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        d.Protocol = "sctp";
        if (length < HeaderLength)
        {
            d.Print($"truncated-sctp - {HeaderLength - length} bytes missing!");
            return;
        }

        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        int start = d.Output.Length;
        ip.AppendSource(d);
        d.Print($".{bytes.U16(0)} > ");
        ip.AppendDestination(d);
        d.Print($".{bytes.U16(2)}: sctp");
        d.TakeBackTo(start);
        PrintChunks(d, bytes, length);
    }

    private static void PrintChunks(Dissection d, PacketBytes bytes, int length)
    {
        int at = HeaderLength;
        for (int number = 1; at < length && !d.IsCut; number++)
        {
            d.Print($"{(d.Verbosity >= 2 ? "\n\t" : number == 1 ? " (" : ", (")}");
            int textStart = d.Output.Length;
            int left = length - at;
            if (left < ChunkHeaderLength)
            {
                d.Print($"{number}) [chunk descriptor cut off at end of packet]");
                return;
            }

            int chunkLength = bytes.Has(at, ChunkHeaderLength) ? bytes.U16(at + 2) : int.MaxValue;
            int padding = -chunkLength & 3;
            if (chunkLength < ChunkHeaderLength)
            {
                d.Print($"{number}) [Bad chunk length {chunkLength}, < size of chunk descriptor]");
                return;
            }

            if (chunkLength != int.MaxValue && left < padding)
            {
                d.Print($"{number}) [Bad chunk length {chunkLength}, > remaining data in packet]");
                return;
            }

            if (!bytes.Has(at, chunkLength))
            {
                d.Output.Length = textStart - (d.Verbosity >= 2 ? 2 : number == 1 ? 2 : 3);
                d.Truncated();
                return;
            }

            d.Print($"{number}) ");
            if (!PrintChunk(d, bytes.From(at).First(chunkLength))) return;
            at += chunkLength;
            if (padding > 0 && !bytes.Has(at, padding))
            {
                d.Truncated();
                return;
            }

            at += padding;
        }
    }

    /// <summary>Prints a chunk; false when it contradicts itself and nothing after it can be read.</summary>
    private static bool PrintChunk(Dissection d, PacketBytes chunk)
    {
        int type = chunk.U8(0);
        d.Print($"[{TypeName(type)}] ");
        int least = ChunkHeaderLength + type switch { Data => 12, Init or InitAck => 16, SelectiveAck => 12, _ => 0 };
        if (type == Data) PrintFlags(d, chunk.U8(1));
        if (chunk.Length < least)
        {
            d.Print($"bogus chunk length {chunk.Length}]");
            return false;
        }

        switch (type)
        {
            case Data:
                d.Print($"[TSN: {chunk.U32(4)}] [SID: {chunk.U16(8)}] [SSEQ {chunk.U16(10)}] [PPID {PayloadName(chunk.U32(12))}] ");
                if (chunk.Length > least)
                {
                    if (d.Verbosity >= 2) PrintPayload(d, chunk.Captured[least..]);
                    return true;
                }

                d.Print($"bogus chunk length {chunk.Length}]");
                return false;
            case Init or InitAck:
                d.Print($"[init tag: {chunk.U32(4)}] [rwnd: {chunk.U32(8)}] [OS: {chunk.U16(12)}] [MIS: {chunk.U16(14)}] ");
                d.Print($"[init TSN: {chunk.U32(16)}] ");
                return true;
            case SelectiveAck:
                return PrintAcknowledgment(d, chunk);
            default:
                return true;
        }
    }

    private static void PrintPayload(Dissection d, ReadOnlySpan<byte> payload)
    {
        d.Print($"[Payload");
        if (d.ShowsUnknownAsBytes)
        {
            d.Print($":");
            d.Output.AppendHexAndAsciiLines(payload, "\n\t"u8);
        }

        d.Print($"]");
    }

    private static void PrintFlags(Dissection d, int flags)
    {
        if ((flags & 4) != 0) d.Print($"(U)");
        if ((flags & 2) != 0) d.Print($"(B)");
        if ((flags & 1) != 0) d.Print($"(E)");
        if ((flags & 7) != 0) d.Print($" ");
    }

    private static bool PrintAcknowledgment(Dissection d, PacketBytes chunk)
    {
        uint cumulative = chunk.U32(4);
        int gaps = chunk.U16(12), duplicates = chunk.U16(14);
        d.Print($"[cum ack {cumulative}] [a_rwnd {chunk.U32(8)}] [#gap acks {gaps}] [#dup tsns {duplicates}] ");
        int at = 16;
        for (int i = 0; i < gaps + duplicates && at < chunk.Length; i++, at += 4)
        {
            if (chunk.Length - at < 4)
            {
                d.Print($"bogus chunk length {chunk.Length}]");
                return false;
            }

            if (i < gaps) d.Print($"\n\t\t[gap ack block #{i + 1}: start = {cumulative + chunk.U16(at)}, end = "
                + $"{cumulative + chunk.U16(at + 2)}] ");
            else d.Print($"\n\t\t[dup TSN #{i - gaps + 1}: {chunk.U32(at)}] ");
        }

        return true;
    }

    private static string TypeName(int type) => type switch
    {
        Data => "DATA",
        Init => "INIT",
        InitAck => "INIT ACK",
        SelectiveAck => "SACK",
        4 => "HB REQ",
        5 => "HB ACK",
        6 => "ABORT",
        7 => "SHUTDOWN",
        8 => "SHUTDOWN ACK",
        9 => "OP ERR",
        10 => "COOKIE ECHO",
        11 => "COOKIE ACK",
        12 => "ECN ECHO",
        13 => "ECN CWR",
        14 => "SHUTDOWN COMPLETE",
        0xc0 => "FOR CUM TSN",
        0xc1 => "REL CTRL",
        0xc2 => "REL CTRL ACK",
        _ => $"Unknown chunk type: 0x{type:x}",
    };

    private static string PayloadName(uint identifier) => identifier switch
    {
        1 => "ISDN Q.921",
        2 => "M2UA",
        3 => "M3UA",
        4 => "SUA",
        5 => "M2PA",
        6 => "V5.2",
        7 => "H.248",
        8 => "BICC",
        9 => "TALI",
        10 => "DUA",
        11 => "ASAP",
        12 => "ENRP",
        13 => "H.323",
        14 => "Q.IPC",
        15 => "SIMCO",
        16 => "DDPSC",
        17 => "DDPSSC",
        18 => "S1AP",
        19 => "RUA",
        20 => "HNBAP",
        21 => "ForCES HP",
        22 => "ForCES MP",
        23 => "ForCES LP",
        24 => "SBc-AP",
        25 => "NBAP",
        27 => "X2AP",
        _ => $"0x{identifier:x}",
    };
}
