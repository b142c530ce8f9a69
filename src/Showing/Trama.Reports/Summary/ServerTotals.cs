using Trama.Reports.Times;

namespace Trama.Reports.Summary;

/// <summary>What a summary says of all connections to one server endpoint.</summary>
internal sealed class ServerTotals
{
    /// <summary>Connections to it.</summary>
    public long Connections { get; set; }

    /// <summary>Exchanges with it.</summary>
    public long Exchanges { get; set; }

    /// <summary>Its server times.</summary>
    public Latencies ServerTimes { get; } = new();

    /// <summary>The times of the exchanges with it, part by part, of all together.</summary>
    public ExchangeTimes AllTimes { get; set; }

    /// <summary>The whole durations of the exchanges with it.</summary>
    public Latencies TotalTimes { get; } = new();

    /// <summary>Its server times as a histogram.</summary>
    public LatencyBars Bars { get; } = new();

    /// <summary>How often it was asked over time, and how long it took.</summary>
    public TimeCourse Course { get; } = new();
}
