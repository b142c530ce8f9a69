namespace Trama.Dump.Protocols.Application.Nfs;

/// <summary>Prints the result of a call of NFS version 3. Offsets count in the RPC message.</summary>
internal static class NfsReplyPrinter
{
    /// <summary>Prints a result; false when it was not captured.</summary>
    public static bool Print(Dissection d, uint procedure, PacketBytes message, int at)
    {
        uint status = message.U32(at);
        at += 4;
        if (status != 0)
        {
            d.Print($" ERROR: {NfsNames.Error(status)}");
            if (procedure is 1 or 3) return true;
        }

        bool whole = procedure switch
        {
            1 => NfsFields.PrintAttributes(d, message, ref at),
            3 => NfsFields.PrintHandle(d, isVersion3: true, message, ref at) && PrintOptional(d, message, ref at),
            4 => PrintTitled(d, " attr:", message, ref at) && PrintAccess(d, status, message, at),
            5 => PrintOptional(d, message, ref at) && PrintTarget(d, status, message, at),
            6 => PrintOptional(d, message, ref at) && PrintRead(d, status, message, at),
            7 => PrintChange(d, message, ref at) && PrintWritten(d, status, message, at),
            8 or 9 or 10 or 11 => PrintCreated(d, status, message, at),
            2 or 12 or 13 or 21 => PrintChange(d, message, ref at),
            14 => PrintRename(d, message, at),
            15 => d.Verbosity == 0 || (PrintTitled(d, " file POST:", message, ref at) && PrintChangeTitled(d, " dir:", message, ref at)),
            16 or 17 => PrintTitled(d, " POST:", message, ref at) && PrintVerifier(d, status, message, at),
            18 => PrintTitled(d, " POST:", message, ref at) && PrintSpace(d, status, message, at),
            19 => PrintTitled(d, " POST:", message, ref at) && PrintLimits(d, status, message, at),
            20 => PrintTitled(d, " POST:", message, ref at) && PrintPathLimits(d, status, message, at),
            _ => true,
        };

        // An error explains itself: that what follows it is missing is not said.
        return whole || status != 0;
    }

    /// <summary>Prints attributes that may be absent, with <c>-v</c>; passes them otherwise.</summary>
    private static bool PrintOptional(Dissection d, PacketBytes message, ref int at)
    {
        bool present = message.U32(at) != 0;
        at += 4;
        if (!present) return true;
        if (d.Verbosity > 0) return NfsFields.PrintAttributes(d, message, ref at);
        at += 84;
        return true;
    }

    private static bool PrintTitled(Dissection d, string title, PacketBytes message, ref int at)
    {
        if (d.Verbosity > 0) d.Print($"{title}");
        return PrintOptional(d, message, ref at);
    }

    private static bool PrintChangeTitled(Dissection d, string title, PacketBytes message, ref int at)
    {
        d.Print($"{title}");
        return PrintChange(d, message, ref at);
    }

    /// <summary>Prints the attributes after a change, and passes those before it.</summary>
    private static bool PrintChange(Dissection d, PacketBytes message, ref int at)
    {
        bool hasBefore = message.U32(at) != 0;
        at += 4;
        if (hasBefore && !message.Has(at, 24)) return false;
        if (hasBefore) at += 24;
        return PrintTitled(d, " POST:", message, ref at);
    }

    private static bool PrintAccess(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status == 0) d.Print($" c {message.U32(at):x4}");
        return true;
    }

    private static bool PrintTarget(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status != 0) return true;
        d.Print($" ");
        return NfsFields.PrintName(d, message, ref at);
    }

    private static bool PrintRead(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status != 0 || d.Verbosity == 0) return true;
        d.Print($" {message.U32(at)} bytes");
        if (message.U32(at + 4) != 0) d.Print($" EOF");
        return true;
    }

    private static bool PrintWritten(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status == 0 && d.Verbosity > 0) d.Print($" {message.U32(at)} bytes");
        return true;
    }

    private static bool PrintCreated(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status != 0) return PrintChange(d, message, ref at);
        bool hasHandle = message.U32(at) != 0;
        at += 4;
        if (!hasHandle) return true;
        return NfsFields.PrintHandle(d, isVersion3: true, message, ref at) && PrintOptional(d, message, ref at);
    }

    private static bool PrintRename(Dissection d, PacketBytes message, int at) =>
        d.Verbosity == 0 || (PrintChangeTitled(d, " from:", message, ref at) && PrintChangeTitled(d, " to:", message, ref at));

    private static bool PrintVerifier(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status == 0 && d.Verbosity > 0) d.Print($" verf {message.U32(at):x8}{message.U32(at + 4):x8}");
        return true;
    }

    private static bool PrintSpace(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status != 0) return true;
        if (!message.Has(at, 52)) return false;
        d.Print($" tbytes {message.U64(at)} fbytes {message.U64(at + 8)} abytes {message.U64(at + 16)}");
        if (d.Verbosity > 0) d.Print($" tfiles {message.U64(at + 24)} ffiles {message.U64(at + 32)} afiles {message.U64(at + 40)} invar "
            + $"{message.U32(at + 48)}");
        return true;
    }

    private static bool PrintLimits(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status != 0) return true;
        if (!message.Has(at, 48)) return false;
        d.Print($" rtmax {message.U32(at)} rtpref {message.U32(at + 4)} wtmax {message.U32(at + 12)} wtpref {message.U32(at + 16)} "
            + $"dtpref {message.U32(at + 24)}");
        if (d.Verbosity == 0) return true;
        d.Print($" rtmult {message.U32(at + 8)} wtmult {message.U32(at + 20)} maxfsz {message.U64(at + 28)}");
        d.Print($" delta {message.U32(at + 36)}.{message.U32(at + 40):d6} ");
        return true;
    }

    private static bool PrintPathLimits(Dissection d, uint status, PacketBytes message, int at)
    {
        if (status != 0) return true;
        if (!message.Has(at, 24)) return false;
        d.Print($" linkmax {message.U32(at)} namemax {message.U32(at + 4)} {(message.U32(at + 8) != 0 ? "notrunc" : "")} ");
        d.Print($"{(message.U32(at + 12) != 0 ? "chownres" : "")} {(message.U32(at + 16) != 0 ? "igncase" : "")} "
            + $"{(message.U32(at + 20) != 0 ? "keepcase" : "")}");
        return true;
    }
}
