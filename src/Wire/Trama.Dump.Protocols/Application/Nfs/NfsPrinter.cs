using Trama.Dump.Printers;
using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Application.Nfs;

/// <summary>Prints NFS version 3 (RFC 1813), and the heads of other versions, in RPC messages (RFC 5531).</summary>
internal sealed class NfsPrinter
{
    /// <summary>The port of a server of network files.</summary>
    public const ushort Port = 2049;

    private const int TransactionAt = 0, DirectionAt = 4, VersionAt = 16, ProcedureAt = 20, CredentialsAt = 24, ReplyStatusAt = 8,
        VerifierAt = 12;

    // Over TCP a mark with its length stands before each RPC message (RFC 5531, section 11).
    private const int RecordMarkLength = 4;
    private const uint RecordLengthMask = 0x7fffffff;

    private readonly NfsCalls _calls = new();

    /// <summary>Whether an RPC message goes to, or comes from, a server of network files.</summary>
    public static bool IsMessage(Payload message) =>
        message.Bytes.Has(DirectionAt + 4)
        && message.Bytes.U32(DirectionAt) is var direction
        && ((message.DestinationPort == Port && direction == 0) || (message.SourcePort == Port && direction == 1));

    /// <summary>Whether a segment starts with such a message.</summary>
    public static bool IsMessageOverTcp(Payload segment) =>
        segment.Length >= RecordMarkLength && IsMessage(BehindMark(segment, segment.Length));

    /// <summary>Prints the RPC message that a segment starts with.</summary>
    public void PrintOverTcp(Dissection d, Payload segment)
    {
        d.Print($": ");
        Print(d, BehindMark(segment, (int)(segment.Bytes.U32(0) & RecordLengthMask)));
    }

    /// <summary>Prints an RPC message.</summary>
    public void Print(Dissection d, Payload payload)
    {
        PacketBytes message = payload.Bytes;
        IpEnvelope ip = payload.Ip;
        int length = payload.Length;
        bool isReply = message.U32(DirectionAt) == 1;
        uint transaction = message.U32(TransactionAt);
        d.Print($"NFS {(isReply ? "reply" : "request")} xid {transaction} ");
        d.Protocol = "nfs";
        if (ip.Source is not { Length: > 0 } source || ip.Destination is not { Length: > 0 } destination) return;
        IpAddress from = IpAddress.FromBytes(source), to = IpAddress.FromBytes(destination);
        if (isReply) PrintReply(d, message, length, transaction, client: to, server: from);
        else PrintCall(d, message, length, transaction, client: from, server: to);
    }

    private static Payload BehindMark(Payload segment, int marked)
    {
        int length = Math.Min(marked, segment.Length - RecordMarkLength);
        return new Payload(segment.Bytes.From(RecordMarkLength), length)
        {
            Ip = segment.Ip,
            SourcePort = segment.SourcePort,
            DestinationPort = segment.DestinationPort,
        };
    }

    private void PrintCall(Dissection d, PacketBytes message, int length, uint transaction, IpAddress client, IpAddress server)
    {
        d.Print($"{length}");
        if (!message.Has(ProcedureAt, 4))
        {
            d.Truncated();
            return;
        }

        uint version = message.U32(VersionAt), procedure = message.U32(ProcedureAt);
        _calls.Add(transaction, client, server, procedure, version);
        bool isVersion3 = version == 3;
        if (!isVersion3) procedure = NfsNames.FromVersion2(procedure);
        d.Print($" {NfsNames.Procedure(procedure)}");
        if (procedure is < 1 or > 21) return;
        int at = SkipOpaque(message, CredentialsAt);
        if (at >= 0) at = SkipOpaque(message, at);
        if (at < 0 || !NfsCallPrinter.Print(d, procedure, isVersion3, message, at)) d.Truncated();
    }

    /// <summary>Where an item of authentication (kind, length, bytes) ends; negative when it was not captured to its end.</summary>
    private static int SkipOpaque(PacketBytes message, int at)
    {
        if (!message.Has(at, 8)) return -1;
        uint length = message.U32(at + 4);
        if (length > int.MaxValue - 64 || !message.Has(at + 8, (int)(length + 3 & ~3u))) return -1;
        return at + 8 + (int)(length + 3 & ~3u);
    }

    private void PrintReply(Dissection d, PacketBytes message, int length, uint transaction, IpAddress client, IpAddress server)
    {
        if (!message.Has(ReplyStatusAt, 4))
        {
            d.Truncated();
            return;
        }

        uint status = message.U32(ReplyStatusAt);
        if (status > 1)
        {
            d.Print($"reply Unknown rpc response code={status} {length}");
            return;
        }

        if (status == 1)
        {
            d.Print($"reply ERR {length}: ");
            PrintRefusal(d, message.From(VerifierAt));
            return;
        }

        d.Print($"reply ok {length}");
        if (!_calls.TryFind(transaction, client, server, out uint procedure, out uint version)) return;
        bool isVersion3 = version == 3;
        if (!isVersion3) procedure = NfsNames.FromVersion2(procedure);
        d.Print($" {NfsNames.Procedure(procedure)}");
        if (procedure is < 1 or > 21 || !isVersion3) return;
        int at = SkipOpaque(message, VerifierAt);
        if (at < 0)
        {
            d.Truncated();
            return;
        }

        uint accepted = message.U32(at);
        if (accepted != 0) d.Print($" {AcceptName(accepted)}");
        else if (!NfsReplyPrinter.Print(d, procedure, message, at + 4)) d.Truncated();
    }

    private static void PrintRefusal(Dissection d, PacketBytes refusal)
    {
        switch (refusal.U32(0))
        {
            case 0:
                d.Print($"RPC Version mismatch ({refusal.U32(4)}-{refusal.U32(8)})");
                break;
            case 1:
                d.Print($"Auth {AuthenticationName(refusal.U32(4))}");
                break;
            case var unknown:
                d.Print($"Unknown reason for rejecting rpc message {unknown}");
                break;
        }
    }

    private static string AcceptName(uint status) => status switch
    {
        1 => "PROG_UNAVAIL",
        2 => "PROG_MISMATCH",
        3 => "PROC_UNAVAIL",
        4 => "GARBAGE_ARGS",
        5 => "SYSTEM_ERR",
        _ => $"ar_stat {status}",
    };

    private static string AuthenticationName(uint reason) => reason switch
    {
        0 => "OK",
        1 => "Bogus Credentials (seal broken)",
        2 => "Rejected Credentials (client should begin new session)",
        3 => "Bogus Verifier (seal broken)",
        4 => "Verifier expired or was replayed",
        5 => "Credentials are too weak",
        6 => "Bogus response verifier",
        7 => "Unknown failure",
        _ => $"Invalid failure code {reason}",
    };
}
