using Trama.Fleet.Sending;
using Trama.Rows.Tables;

namespace Trama.Fleet.Holding;

/// <summary>
/// A table as a hub's store has it: before the columns of a <see cref="FleetTable"/>, who sent the row (<c>sensor</c>) and when it arrived
/// (<c>arrivedAt</c>, nanoseconds since the Unix epoch by the hub's clock).
/// </summary>
/// <param name="table">The table.</param>
public sealed class HeldTable(FleetTable table) : TableSchema
{
    /// <summary>The column that says who sent the row; empty when a hub made it.</summary>
    public const string Sensor = "sensor";

    /// <inheritdoc/>
    public override string Name => table.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns { get; } =
        [new Column(Sensor, ColumnKind.Text), new Column("arrivedAt", ColumnKind.Number), .. table.Columns];
}
