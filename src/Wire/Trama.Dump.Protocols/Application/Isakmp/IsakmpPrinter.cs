using Trama.Dump.Network;
using Trama.Dump.Printers;

namespace Trama.Dump.Protocols.Application.Isakmp;

/// <summary>Prints the heads of key exchanges: IKE version 1 (RFC 2408) and version 2 (RFC 7296), and IPsec in UDP (RFC 3948).</summary>
internal sealed class IsakmpPrinter
{
    private const int InitiatorAt = 0, ResponderAt = 8, CookieLength = 8, VersionAt = 17, ExchangeAt = 18;
    private const int FlagsAt = 19, MessageAt = 20, HeaderLength = 28;

    // In UDP beside IPsec's own packets, a message is told by four zeros before it.
    private const int MarkerLength = 4;
    private const byte KeepAlive = 0xff;

    private readonly IsakmpInitiators _initiators = new();

    /// <summary>Prints what comes through the port at which IPsec crosses address translation.</summary>
    public void PrintTranslated(Dissection d, Payload payload)
    {
        d.Protocol = "isakmp_rfc3948";
        PacketBytes bytes = payload.Bytes;
        if (payload.Length == 1 && bytes.U8(0) == KeepAlive)
        {
            d.Print($"isakmp-nat-keep-alive");
            return;
        }

        if (payload.Length < MarkerLength)
        {
            d.Truncated();
            return;
        }

        if (bytes.U32(0) == 0)
        {
            d.Print($"NONESP-encap: ");
            Print(d, new Payload(bytes.From(MarkerLength), payload.Length - MarkerLength) { Ip = payload.Ip });
            return;
        }

        d.Print($"UDP-encap: ");
        EspPrinter.Print(d, bytes, payload.Length);
    }

    /// <summary>Prints a message.</summary>
    public void Print(Dissection d, Payload payload)
    {
        d.Protocol = "isakmp";
        PacketBytes bytes = payload.Bytes;
        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        d.Print($"isakmp:");
        bool isFirstPhase = bytes.U32(MessageAt) == 0;
        int exchange = bytes.U8(ExchangeAt), flags = bytes.U8(FlagsAt);
        switch (bytes.U8(VersionAt) >> 4)
        {
            case 1:
                d.Print($" phase {(isFirstPhase ? "1" : "2/others")} {RoleOf(bytes, payload.Ip)} {ExchangeName(exchange)}");
                if (flags != 0) d.Print($"[{((flags & 1) != 0 ? "E" : "")}{((flags & 2) != 0 ? "C" : "")}]");
                break;
            case 2:
                d.Print($" {(isFirstPhase ? "parent_sa" : "child_sa ")} {ExchangeName(exchange)}");
                if (flags == 0) break;
                d.Print($"[{((flags & 0x08) != 0 ? "I" : "")}{((flags & 0x10) != 0 ? "V" : "")}{((flags & 0x20) != 0 ? "R" : "")}]");
                break;
        }
    }

    // Who began is not in the packet: it is remembered of the first one, which has no cookie of the responder yet.
    private char RoleOf(PacketBytes bytes, IpEnvelope ip)
    {
        ulong initiator = bytes.U64(InitiatorAt);
        if (ip.Source.IsEmpty || ip.Destination.IsEmpty) return '?';
        if (_initiators.TryFind(initiator, ip, out char role)) return role;
        if (bytes.Fetch(ResponderAt, CookieLength).ContainsAnyExcept((byte)0)) return '?';
        _initiators.Add(initiator, ip);
        return 'I';
    }

    private static string ExchangeName(int type) => type switch
    {
        0 => "none",
        1 => "base",
        2 => "ident",
        3 => "auth",
        4 => "agg",
        5 => "inf",
        32 => "oakley-quick",
        33 => "oakley-newgroup",
        34 => "ikev2_init",
        35 => "ikev2_auth",
        36 => "child_sa",
        37 => "inf2",
        _ => $"#{type}",
    };
}
