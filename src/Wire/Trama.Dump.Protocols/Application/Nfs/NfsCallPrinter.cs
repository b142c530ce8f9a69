using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application.Nfs;

/// <summary>Prints what an NFS call asks for. Offsets count in the RPC message.</summary>
internal static class NfsCallPrinter
{
    private const uint FullAccess = 0x3f;

    private static readonly (uint Bits, string Name)[] Access =
    [
        (0x01, "NFS_ACCESS_READ"), (0x02, "NFS_ACCESS_LOOKUP"), (0x04, "NFS_ACCESS_MODIFY"), (0x08, "NFS_ACCESS_EXTEND"),
        (0x10, "NFS_ACCESS_DELETE"), (0x20, "NFS_ACCESS_EXECUTE"),
    ];

    /// <summary>Prints the arguments of a call; false when they were not captured.</summary>
    public static bool Print(Dissection d, uint procedure, bool isVersion3, PacketBytes message, int at)
    {
        switch (procedure)
        {
            case 3 or 8 or 9 or 12 or 13:
                return NfsFields.PrintHandleAndName(d, isVersion3, message, ref at);
            case 10:
                return PrintSymbolicLink(d, isVersion3, message, at);
            case 11:
                return NfsFields.PrintHandleAndName(d, isVersion3, message, ref at);
            case 14:
                if (!NfsFields.PrintHandleAndName(d, isVersion3, message, ref at)) return false;
                d.Print($" ->");
                return NfsFields.PrintHandleAndName(d, isVersion3, message, ref at);
            case 15:
                if (!NfsFields.PrintHandle(d, isVersion3, message, ref at)) return false;
                d.Print($" ->");
                return NfsFields.PrintHandleAndName(d, isVersion3, message, ref at);
        }

        if (!NfsFields.PrintHandle(d, isVersion3, message, ref at)) return false;
        switch (procedure)
        {
            case 4:
                PrintAccess(d, message.U32(at));
                break;
            case 6 when isVersion3:
                d.Print($" {message.U32(at + 8)} bytes @ {message.U64(at)}");
                break;
            case 6 or 16 when !isVersion3:
                d.Print($" {message.U32(at + 4)} bytes @ {message.U32(at)}");
                break;
            case 7 when isVersion3:
                d.Print($" {message.U32(at + 16)} ({message.U32(at + 8)}) bytes @ {message.U64(at)}");
                if (d.Verbosity > 0) d.Print(
                    $" <{message.U32(at + 12) switch { 0 => "unstable", 1 => "datasync", 2 => "filesync", var mode => $"#{mode}" }}>");
                break;
            case 7:
                d.Print($" {message.U32(at + 12)} ({message.U32(at + 8)}) bytes @ {message.U32(at + 4)} ({message.U32(at)})");
                break;
            case 16 or 17:
                d.Print($" {message.U32(at + 16)} bytes @ {(long)message.U64(at)}");
                if (d.Verbosity > 0 && procedure == 17) d.Print($" max {message.U32(at + 20)}");
                if (d.Verbosity > 0) d.Print($" verf {message.U32(at + 8):x8}{message.U32(at + 12):x8}");
                break;
            case 21:
                d.Print($" {message.U32(at + 8)} bytes @ {message.U64(at)}");
                break;
        }

        return true;
    }

    private static void PrintAccess(Dissection d, uint flags)
    {
        if ((flags & ~FullAccess) != 0) d.Print($" {flags:x4}");
        else if (flags == FullAccess) d.Print($" NFS_ACCESS_FULL");
        else if (flags != 0)
        {
            d.Print($" ");
            d.Output.AppendBits(Access, flags, separator: "|");
        }
    }

    private static bool PrintSymbolicLink(Dissection d, bool isVersion3, PacketBytes message, int at)
    {
        if (!NfsFields.PrintHandleAndName(d, isVersion3, message, ref at)) return false;
        d.Print($" ->");
        int attributesAt = at;
        if (isVersion3) at = SkipSettable(message, at);
        if (!NfsFields.PrintName(d, message, ref at)) return false;
        if (isVersion3 && d.Verbosity > 0) PrintSettable(d, message, attributesAt);
        return true;
    }

    /// <summary>Where attributes to set end: each of mode, user, group and size may be absent, and so may two times.</summary>
    private static int SkipSettable(PacketBytes message, int at)
    {
        for (int i = 0; i < 4; i++) at += message.U32(at) == 0 ? 4 : 8;
        for (int i = 0; i < 2; i++) at += message.U32(at) == 2 ? 12 : 4;
        return at;
    }

    private static void PrintSettable(Dissection d, PacketBytes message, int at)
    {
        for (int i = 0; i < 3; i++)
        {
            bool isSet = message.U32(at) != 0;
            at += 4;
            if (!isSet) continue;
            d.Print($" {i switch { 0 => "mode", 1 => "uid", _ => "gid" }} ");
            if (i == 0) NfsFields.PrintOctal(d, message.U32(at));
            else d.Print($"{message.U32(at)}");
            at += 4;
        }
    }
}
