using Trama.Framing;
using Trama.Tracing;

namespace Trama.Rows.Tables;

/// <summary>A row of <c>connections</c>.</summary>
internal static class ConnectionRow
{
    /// <summary>The table.</summary>
    public static RowTable<Connection> Table { get; } = Make();

    private static RowTable<Connection> Make()
    {
        RowTable<Connection> table = new RowTable<Connection>("connections")
            .Number("id", row => row.Id)
            .Text("client", row => row.Client.ToString())
            .Text("server", row => row.Server.ToString())
            .Text("state", row => Words.Of(row.State))
            .Number("openedAt", row => row.OpenedAt.Nanoseconds)
            .Number("lastAt", row => row.LastAt.Nanoseconds)
            .Number("closedAt", row => row.ClosedAt?.Nanoseconds)
            .Text("closedBy", row => Words.Of(row.ClosedBy))
            .Number("handshakeNs", row => row.HandshakeNs)
            .Number("rttNsMin", row => row.Rtt?.MinNs)
            .Number("rttNsP50", row => row.Rtt?.P50Ns)
            .Number("rttNsMax", row => row.Rtt?.MaxNs)
            .Text("framing", row => row.Framing)
            .Text("layers", row => row.Layers.Count == 0 ? null : string.Join(' ', row.Layers))
            .Text("tlsVersion", row => Visible(row.Tls?.Version))
            .Text("tlsServerName", row => Visible(row.Tls?.ServerName))
            .Text("tlsAlpn", row => Visible(row.Tls?.Alpn))
            .Text("tlsCipher", row => Visible(row.Tls?.Cipher))
            .Flag("tlsDecrypted", row => row.Tls?.IsDecrypted)
            .Flag("tlsResumed", row => row.Tls?.IsResumed)
            .Number("tlsHandshakeNs", row => row.TlsTimes?.TotalNs)
            .Number("exchanges", row => row.ExchangeCount);
        Process(table, "Client", Side.Client);
        Process(table, "Server", Side.Server);
        Stream(table, "toServer", row => row.ToServer);
        Stream(table, "toClient", row => row.ToClient);
        return table;
    }

    private static void Process(RowTable<Connection> table, string side, Side of) => table
        .Number($"process{side}Pid", row => row.Process(of) is { Ids: [int only] } ? only : null)
        .Text($"process{side}Command", row => Visible(row.Process(of)?.Command))
        .Text($"process{side}User", row => Visible(row.Process(of)?.User))
        .Text($"process{side}Container", row => Visible(row.Process(of)?.Container))
        .Text($"process{side}Pod", row => Visible(row.Process(of)?.Pod));

    private static void Stream(RowTable<Connection> table, string name, Func<Connection, StreamCounters> of) => table
        .Number(name + "Packets", row => of(row).Packets)
        .Number(name + "PayloadBytes", row => of(row).PayloadBytes)
        .Number(name + "StreamBytes", row => of(row).StreamBytes)
        .Number(name + "MissingBytes", row => of(row).MissingBytes)
        .Number(name + "Retransmissions", row => of(row).Retransmissions)
        .Number(name + "OutOfOrder", row => of(row).OutOfOrder)
        .Number(name + "DuplicateAcks", row => of(row).DuplicateAcks)
        .Number(name + "Copies", row => of(row).Copies + of(row).SecondSights)
        .Number(name + "ZeroWindows", row => of(row).ZeroWindows)
        .Flag(name + "Syn", row => of(row).Syn)
        .Flag(name + "Fin", row => of(row).Fin)
        .Flag(name + "Rst", row => of(row).Rst)
        .Number(name + "RttNsMin", row => of(row).Rtt?.MinNs)
        .Number(name + "RttNsP50", row => of(row).Rtt?.P50Ns)
        .Number(name + "RttNsMax", row => of(row).Rtt?.MaxNs)
        .Text(name + "StreamSha256", row => of(row).StreamSha256 is { } digest ? Convert.ToHexStringLower(digest) : null);

    private static string? Visible(string? text) => text is null ? null : VisibleText.Of(text);
}
