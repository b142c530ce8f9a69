namespace Trama.Dump.Printers;

/// <summary>The printers of what a transport protocol carries, by port. Where two rows would do, the earlier one counts.</summary>
internal sealed class PortPrinters
{
    private readonly List<PortPrinter> _rows = [];
    private readonly Dictionary<ushort, int> _rowOfPort = [];

    /// <summary>The rows, in order.</summary>
    public IReadOnlyList<PortPrinter> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">A port of it has a row already.</exception>
    public void Add(PortPrinter row)
    {
        foreach (ushort port in row.Ports) _rowOfPort.Add(port, _rows.Count);
        _rows.Add(row);
    }

    /// <summary>Whether a segment from or to a port may have a printer.</summary>
    public bool Knows(ushort port) => _rowOfPort.ContainsKey(port);

    /// <summary>The row for a payload, by its two ports; null when there is none.</summary>
    public PortPrinter? Find(Payload payload)
    {
        PortPrinter? bySource = Find(payload.SourcePort, isDestination: false, payload, out int sourceRow);
        PortPrinter? byDestination = Find(payload.DestinationPort, isDestination: true, payload, out int destinationRow);
        if (bySource is null || byDestination is null) return bySource ?? byDestination;
        return sourceRow < destinationRow ? bySource : byDestination;
    }

    private PortPrinter? Find(ushort port, bool isDestination, Payload payload, out int index)
    {
        if (!_rowOfPort.TryGetValue(port, out index)) return null;
        PortPrinter row = _rows[index];
        return (isDestination || !row.IsSentToPort) && row.Claims?.Invoke(payload) != false ? row : null;
    }
}
