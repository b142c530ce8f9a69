using Trama.Packets.Transport;

namespace Trama.Dump.Transport;

/// <summary>Prints the options of Multipath TCP, RFC 8684 section 3.</summary>
internal static class MptcpPrinter
{
    /// <summary>Prints an option.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="bytes">The option's value, from the subtype on.</param>
    /// <param name="length">The value's length.</param>
    /// <param name="flags">The segment's control bits, which tell the forms of a subtype apart.</param>
    /// <returns>False when the option's length does not fit its subtype.</returns>
    public static bool Print(Dissection d, PacketBytes bytes, int length, TcpFlags flags)
    {
        d.Protocol = "mptcp";
        if (length < 1) return false;
        d.Output.Append($" {length + 2} ");
        int subtype = bytes.U8(0) >> 4;
        d.Output.Append(subtype switch
        {
            0 => "capable"u8,
            1 => "join"u8,
            2 => "dss"u8,
            3 => "add-addr"u8,
            4 => "rem-addr"u8,
            5 => "prio"u8,
            6 => "fail"u8,
            7 => "fast-close"u8,
            _ => "unknown"u8,
        });
        return subtype switch
        {
            0 => PrintCapable(d.Output, bytes, length, flags),
            1 => PrintJoin(d.Output, bytes, length, flags),
            2 => PrintDataSequence(d.Output, bytes, length, flags),
            3 => PrintAddAddress(d, bytes, length),
            4 => PrintRemoveAddress(d.Output, bytes, length),
            5 => PrintPriority(d.Output, bytes, length),
            6 => PrintFail(d.Output, bytes, length),
            7 => PrintFastClose(d.Output, bytes, length),
            _ => true,
        };
    }

    private static bool Has(TcpFlags flags, TcpFlags mask, TcpFlags value) => (flags & mask) == value;

    private static bool PrintCapable(LineWriter output, PacketBytes bytes, int length, TcpFlags flags)
    {
        bool fits = length switch
        {
            2 or 10 => (flags & TcpFlags.Syn) != 0,
            18 or 20 => Has(flags, TcpFlags.Syn | TcpFlags.Ack, TcpFlags.Ack),
            _ => false,
        };
        if (!fits) return false;
        int version = bytes.U8(0) & 0x0f;
        if (version > 1)
        {
            output.Append($" Unknown Version ({version})");
            return true;
        }

        output.Append($" v{version}");
        if ((bytes.U8(1) & 0x80) != 0) output.Append(" csum"u8);
        if (length == 2) return true;
        output.Append($" {{0x{bytes.U64(2):x}");
        if (length >= 18) output.Append($",0x{bytes.U64(10):x}");
        output.Append((byte)'}');
        return true;
    }

    private static bool PrintJoin(LineWriter output, PacketBytes bytes, int length, TcpFlags flags)
    {
        bool fits = length switch
        {
            10 => (flags & TcpFlags.Syn) != 0,
            14 => Has(flags, TcpFlags.Syn | TcpFlags.Ack, TcpFlags.Syn | TcpFlags.Ack),
            22 => (flags & TcpFlags.Ack) != 0,
            _ => false,
        };
        if (!fits) return false;
        if (length != 22)
        {
            if ((bytes.U8(0) & 1) != 0) output.Append(" backup"u8);
            output.Append($" id {bytes.U8(1)}");
        }

        if (length == 10) output.Append($" token 0x{bytes.U32(2):x} nonce 0x{bytes.U32(6):x}");
        else if (length == 14) output.Append($" hmac 0x{bytes.U64(2):x} nonce 0x{bytes.U32(10):x}");
        else
        {
            output.Append(" hmac 0x"u8);
            output.AppendHex(bytes.Fetch(2, 20));
        }

        return true;
    }

    private static bool PrintDataSequence(LineWriter output, PacketBytes bytes, int length, TcpFlags flags)
    {
        if (length < 2 || (flags & TcpFlags.Syn) != 0) return false;
        int parts = bytes.U8(1);
        if ((parts & 0x10) != 0) output.Append(" fin"u8);
        int at = 2;
        if ((parts & 0x01) != 0)
        {
            output.Append(" ack "u8);
            if (!AppendNumber(output, bytes, (parts & 0x02) != 0, length, ref at)) return false;
        }

        if ((parts & 0x04) != 0)
        {
            output.Append(" seq "u8);
            if (!AppendNumber(output, bytes, (parts & 0x08) != 0, length, ref at)) return false;
            if (length - at < 4) return false;
            output.Append($" subseq {bytes.U32(at)}");
            at += 4;
            if (length - at < 2) return false;
            output.Append($" len {bytes.U16(at)}");
            at += 2;
            if (length - at >= 2)
            {
                output.Append($" csum 0x{bytes.U16(at):x}");
                at += 2;
            }
        }

        return at == length;
    }

    private static bool AppendNumber(LineWriter output, PacketBytes bytes, bool isLong, int length, ref int at)
    {
        int size = isLong ? 8 : 4;
        if (length - at < size) return false;
        if (isLong) output.Append($"{bytes.U64(at)}");
        else output.Append($"{bytes.U32(at)}");
        at += size;
        return true;
    }

    private static bool PrintAddAddress(Dissection d, PacketBytes bytes, int length)
    {
        LineWriter output = d.Output;
        bool isIpv6 = length >= 18;
        int addressLength = isIpv6 ? 16 : 4;
        int extra = length - 2 - addressLength;
        if (extra is not (0 or 2 or 8 or 10)) return false;
        output.Append((bytes.U8(0) & 0x0f) switch
        {
            0 => " v1"u8,
            1 => " v1-echo"u8,
            4 => " v0-ip4"u8,
            6 => " v0-ip6"u8,
            _ => " [bad version/echo]"u8,
        });
        output.Append($" id {bytes.U8(1)} ");
        if (isIpv6) d.Addresses.AppendIpv6(bytes, 2);
        else d.Addresses.AppendIpv4(bytes, 2);
        if (extra is 2 or 10) output.Append($":{bytes.U16(2 + addressLength)}");
        if (extra >= 8) output.Append($" hmac 0x{bytes.U64(length - 8):x}");
        return true;
    }

    private static bool PrintRemoveAddress(LineWriter output, PacketBytes bytes, int length)
    {
        if (length < 2) return false;
        output.Append(" id"u8);
        for (int at = 1; at < length; at++) output.Append($" {bytes.U8(at)}");
        return true;
    }

    private static bool PrintPriority(LineWriter output, PacketBytes bytes, int length)
    {
        if (length is not (1 or 2)) return false;
        output.Append((bytes.U8(0) & 1) != 0 ? " backup"u8 : " non-backup"u8);
        if (length == 2) output.Append($" id {bytes.U8(1)}");
        return true;
    }

    private static bool PrintFail(LineWriter output, PacketBytes bytes, int length)
    {
        if (length != 10) return false;
        output.Append($" seq {bytes.U64(2)}");
        return true;
    }

    private static bool PrintFastClose(LineWriter output, PacketBytes bytes, int length)
    {
        if (length != 10) return false;
        output.Append($" key 0x{bytes.U64(2):x}");
        return true;
    }
}
