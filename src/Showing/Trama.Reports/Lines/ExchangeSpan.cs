using Trama.Reports.Times;

namespace Trama.Reports.Lines;

/// <summary>From which packet to which an exchange went.</summary>
/// <param name="Index">Its number in its connection.</param>
/// <param name="First">The number of its first packet.</param>
/// <param name="Last">The number of its last packet.</param>
/// <param name="Times">The parts of its time; null when it has no end.</param>
internal readonly record struct ExchangeSpan(long Index, long First, long Last, ExchangeTimes? Times);
