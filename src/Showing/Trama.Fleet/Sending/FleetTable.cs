using Trama.Fleet.Storing;
using Trama.Rows.Tables;

namespace Trama.Fleet.Sending;

/// <summary>A table whose rows go from sensors to hubs, or which a hub makes of these.</summary>
public sealed class FleetTable : TableSchema
{
    private const string Texts = "$";

    private FleetTable(FleetKind kind, IReadOnlyList<Column> columns) => (Kind, Columns) = (kind, columns);

    /// <summary>What it tells of.</summary>
    public FleetKind Kind { get; }

    /// <inheritdoc/>
    public override string Name => NameOf(Kind);

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns { get; }

    /// <summary>One end of a connection, under the key in <c>key</c>, whose kind <c>by</c> names; <c>early</c> while it is
    /// open.</summary>
    public static FleetTable Tickets { get; } = Of(FleetKind.Tickets, "by", "key", "numbersKey", "bytesKey", "synKey", "tupleKey",
        "connection", "runAt", "$client", "$server", "openedAt", "lastAt", "$state", "toServerStart", "toServerBytes", "toServerSyn",
        "toServerHead", "toServerHash", "toClientStart", "toClientBytes", "toClientSyn", "toClientHead", "toClientHash", "severity",
        "$finding", "early");

    /// <summary>Ten seconds of a service's operation: how many, how many of them failed, and how long they took.</summary>
    public static FleetTable Sketches { get; } = Of(FleetKind.Sketches, "at", "$server", "$client", "$operation", "count", "failed",
        "sumNs", "$buckets");

    /// <summary>What is missing.</summary>
    public static FleetTable Gaps { get; } = Of(FleetKind.Gaps, "from", "to", "$kind", "rows");

    /// <summary>Two ends of one connection; <c>early</c> while it is open, and then once more when it ended.</summary>
    public static FleetTable Pairs { get; } = Of(FleetKind.Pairs, "at", "$by", "$one", "oneConnection", "oneRunAt", "$oneClient",
        "$oneServer", "oneOpenedAt", "oneLastAt", "$other", "otherConnection", "otherRunAt", "$otherClient", "$otherServer",
        "otherOpenedAt", "otherLastAt", "severity", "$finding", "early");

    /// <summary>What both ends together tell.</summary>
    public static FleetTable Verdicts { get; } = Of(FleetKind.Verdicts, "at", "$one", "oneConnection", "oneRunAt", "$other",
        "otherConnection", "otherRunAt", "$client", "$server", "$id", "$party", "$severity", "$confidence", "clockNs", "lost", "$text",
        "$failure");

    /// <summary>All of them, in the order of their kinds.</summary>
    public static IReadOnlyList<FleetTable> All { get; } =
    [
        Tickets, new FleetTable(FleetKind.Findings, StoredTable.Named("findings")!.Columns),
        new FleetTable(FleetKind.Exchanges, StoredTable.Named("exchanges")!.Columns), Sketches, Gaps, Pairs, Verdicts,
    ];

    /// <summary>The name of a kind, as subjects have it.</summary>
    public static string NameOf(FleetKind kind) => kind switch
    {
        FleetKind.Tickets => "tickets",
        FleetKind.Findings => "findings",
        FleetKind.Exchanges => "exchanges",
        FleetKind.Sketches => "sketches",
        FleetKind.Gaps => "gaps",
        FleetKind.Pairs => "pairs",
        FleetKind.Verdicts => "verdicts",
        _ => "unknown",
    };

    /// <summary>The table of a kind; null when there is none.</summary>
    public static FleetTable? Of(FleetKind kind) => All.FirstOrDefault(table => table.Kind == kind);

    private static FleetTable Of(FleetKind kind, params string[] columns) => new(kind, [.. columns.Select(column =>
        column.StartsWith(Texts, StringComparison.Ordinal) ? new Column(column[1..], ColumnKind.Text)
            : new Column(column, ColumnKind.Number))]);
}
