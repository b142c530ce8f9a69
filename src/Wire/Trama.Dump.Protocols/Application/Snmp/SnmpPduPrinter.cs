namespace Trama.Dump.Protocols.Application.Snmp;

/// <summary>Prints the requests and replies of SNMP, and the variables in them.</summary>
internal static class SnmpPduPrinter
{
    /// <summary>The trap of version 1.</summary>
    public const int Trap = 4;

    /// <summary>The first that version 1 does not have.</summary>
    public const int GetBulk = 5;

    private const int GetRequest = 0, GetNextRequest = 1, GetResponse = 2, EnterpriseSpecific = 6;

    public static void Print(Dissection d, int type, PacketBytes content)
    {
        if (type == Trap) PrintTrap(d, content);
        else PrintRequest(d, type, content);
    }

    private static bool TryTake(Dissection d, ref PacketBytes rest, BerKind kind, string complaint, out BerElement element)
    {
        int count = BerReader.Read(d, rest, rest.Length, out element);
        if (count < 0 || d.IsCut) return false;
        if (element.Kind != kind)
        {
            d.Print($"{complaint}");
            BerReader.Print(d, element);
            return false;
        }

        rest = rest.From(count);
        return true;
    }

    private static void PrintRequest(Dissection d, int type, PacketBytes rest)
    {
        if (!TryTake(d, ref rest, BerKind.Integer, "[reqId!=INT]", out BerElement request)) return;
        if (d.Verbosity > 0) d.Print($"R={request.Integer} ");
        if (!TryTake(d, ref rest, BerKind.Integer, "[errorStatus!=INT]", out BerElement statusElement)) return;
        bool mayFail = type == GetResponse;
        int status = statusElement.Integer;
        if (type == GetBulk) d.Print($" N={status}");
        else if (status != 0) d.Print($"{(mayFail ? $" {ErrorName(status)}" : $"[errorStatus({ErrorName(status)})!=0]")}");

        if (!TryTake(d, ref rest, BerKind.Integer, "[errorIndex!=INT]", out BerElement indexElement)) return;
        int index = indexElement.Integer;
        if (type == GetBulk) d.Print($" M={index}");
        else if (!mayFail && index != 0) d.Print($"[errorIndex({index})!=0]");
        else if (mayFail && index != 0) d.Print($"{(status == 0 ? $"[errorIndex({index}) w/o errorStatus]" : $"@{index}")}");
        else if (mayFail && status != 0) d.Print($"[errorIndex==0]");
        PrintVariables(d, type, rest);
    }

    private static void PrintTrap(Dissection d, PacketBytes rest)
    {
        d.Print($" ");
        if (!TryTake(d, ref rest, BerKind.ObjectId, "[enterprise!=OID]", out BerElement enterprise)) return;
        BerReader.Print(d, enterprise);
        d.Print($" ");
        if (!TryTake(d, ref rest, BerKind.Address, "[agent-addr!=INETADDR]", out BerElement agent)) return;
        BerReader.Print(d, agent);
        if (!TryTake(d, ref rest, BerKind.Integer, "[generic-trap!=INT]", out BerElement generic)) return;
        d.Print($" {TrapName(generic.Integer)}");
        if (!TryTake(d, ref rest, BerKind.Integer, "[specific-trap!=INT]", out BerElement specific)) return;
        if (generic.Integer == EnterpriseSpecific) d.Print($" s={specific.Integer}");
        else if (specific.Integer != 0) d.Print($"[specific-trap({specific.Integer})!=0]");
        d.Print($" ");
        if (!TryTake(d, ref rest, BerKind.Unsigned, "[time-stamp!=TIMETICKS]", out BerElement time)) return;
        BerReader.Print(d, time);
        PrintVariables(d, Trap, rest);
    }

    private static void PrintVariables(Dissection d, int type, PacketBytes rest)
    {
        int count = BerReader.Read(d, rest, rest.Length, out BerElement list);
        if (count < 0) return;
        if (list.Kind != BerKind.Sequence)
        {
            d.Print($"[!SEQ of varbind]");
            BerReader.Print(d, list);
            return;
        }

        if (count < rest.Length) d.Print($"[{rest.Length - count} extra after SEQ of varbind]");
        bool asks = type is GetRequest or GetNextRequest or GetBulk;
        PacketBytes variables = list.Content;
        while (variables.Length > 0 && !d.IsCut)
        {
            d.Print($" ");
            if (!TryTake(d, ref variables, BerKind.Sequence, "[!varbind]", out BerElement variable)) return;
            PacketBytes fields = variable.Content;
            if (!TryTake(d, ref fields, BerKind.ObjectId, "[objName!=OID]", out BerElement name)) return;
            BerReader.Print(d, name);
            if (!asks) d.Print($"=");
            if (BerReader.Read(d, fields, fields.Length, out BerElement value) < 0) return;
            if (asks && value.Kind != BerKind.Null) d.Print($"[objVal!=NULL]");
            BerReader.Print(d, value);
        }
    }

    private static string ErrorName(int status) => status switch
    {
        0 => "noError",
        1 => "tooBig",
        2 => "noSuchName",
        3 => "badValue",
        4 => "readOnly",
        5 => "genErr",
        6 => "noAccess",
        7 => "wrongType",
        8 => "wrongLength",
        9 => "wrongEncoding",
        10 => "wrongValue",
        11 => "noCreation",
        12 => "inconsistentValue",
        13 => "resourceUnavailable",
        14 => "commitFailed",
        15 => "undoFailed",
        16 => "authorizationError",
        17 => "notWritable",
        18 => "inconsistentName",
        _ => $"err={(uint)status}",
    };

    private static string TrapName(int trap) => trap switch
    {
        0 => "coldStart",
        1 => "warmStart",
        2 => "linkDown",
        3 => "linkUp",
        4 => "authenticationFailure",
        5 => "egpNeighborLoss",
        6 => "enterpriseSpecific",
        _ => $"gt={trap}",
    };
}
