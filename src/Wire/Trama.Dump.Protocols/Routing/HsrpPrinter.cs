using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints HSRP version 0 (RFC 2281).</summary>
internal static class HsrpPrinter
{
    private const int VersionAt = 0, OperationAt = 1, StateAt = 2, HelloTimeAt = 3, HoldTimeAt = 4, PriorityAt = 5, GroupAt = 6;
    private const int ReservedAt = 7, AuthenticationAt = 8, AuthenticationLength = 8, AddressAt = 16;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "hsrp";
        int version = bytes.U8(VersionAt);
        d.Print($"HSRPv{version}");
        if (version != 0) return;
        int operation = bytes.U8(OperationAt);
        d.Print($"-{operation switch { 0 => "hello", 1 => "coup", 2 => "resign", _ => $"unknown ({operation})" }} ");
        d.Print($"{length}: state={StateName(bytes.U8(StateAt))} ");
        d.Print($"group={bytes.U8(GroupAt)} ");
        if (bytes.U8(ReservedAt) is var reserved and > 0) d.Print($"[reserved={reserved}!] ");
        d.Print($"addr={bytes.Ipv4(AddressAt)}");
        if (d.Verbosity == 0) return;
        d.Print($" hellotime=");
        d.PrintDuration(bytes.U8(HelloTimeAt));
        d.Print($" holdtime=");
        d.PrintDuration(bytes.U8(HoldTimeAt));
        d.Print($" priority={bytes.U8(PriorityAt)} auth=\"");
        d.Output.AppendPadded(bytes, AuthenticationAt, AuthenticationLength);
        d.Print($"\"");
    }

    private static string StateName(int state) => state switch
    {
        0 => "initial",
        1 => "learn",
        2 => "listen",
        4 => "speak",
        8 => "standby",
        16 => "active",
        _ => $"Unknown ({state})",
    };
}
