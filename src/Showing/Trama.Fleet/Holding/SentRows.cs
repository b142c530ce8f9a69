using Trama.Rows.Tables;

namespace Trama.Fleet.Holding;

/// <summary>Puts before each row what a <see cref="HeldTable"/> has besides.</summary>
/// <param name="rows">Takes the rows.</param>
/// <param name="sensor">Who sent them.</param>
/// <param name="arrivedAt">When they arrived.</param>
internal sealed class SentRows(TableOutput rows, string sensor, long arrivedAt) : TableOutput
{
    private bool _isBegun;

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        Begin();
        rows.Add(value);
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        Begin();
        rows.Add(value);
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8)
    {
        Begin();
        rows.AddText(utf8);
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
        rows.EndRow();
        _isBegun = false;
    }

    /// <inheritdoc/>
    public override void Complete(string capture)
    {
        // The table has more rows than these.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nor is it closed with them.
    }

    private void Begin()
    {
        if (_isBegun) return;
        _isBegun = true;
        rows.AddName(sensor);
        rows.Add(arrivedAt);
    }
}
