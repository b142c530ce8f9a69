namespace Trama.Dump.Printers;

/// <summary>The printers of what a layer carries, by the number with which it announces them.</summary>
internal sealed class NumberedPrinters
{
    private readonly Dictionary<int, PayloadPrinter> _printers = [];

    /// <summary>Adds a printer.</summary>
    /// <exception cref="ArgumentException">The number has one already.</exception>
    public void Add(int number, PayloadPrinter printer) => _printers.Add(number, printer);

    /// <summary>Prints a payload.</summary>
    /// <returns>False, and nothing printed, when no printer has the number.</returns>
    public bool TryPrint(Dissection d, int number, Payload payload)
    {
        if (!_printers.TryGetValue(number, out PayloadPrinter? printer)) return false;
        printer(d, payload);
        return true;
    }
}
