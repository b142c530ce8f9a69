namespace Trama.Dump.Printers;

/// <summary>Prints a payload.</summary>
internal delegate void PayloadPrinter(Dissection d, Payload payload);
