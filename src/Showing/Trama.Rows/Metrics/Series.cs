namespace Trama.Rows.Metrics;

/// <summary>What was counted of the exchanges of one kind.</summary>
internal sealed class Series(string labels)
{
    /// <summary>Its labels, as they are written.</summary>
    public string Labels { get; } = labels;

    /// <summary>How many there were.</summary>
    public long Requests { get; set; }

    /// <summary>How many of them failed, as their protocol says.</summary>
    public long Failures { get; set; }

    /// <summary>From the first byte of the request to the last of the reply.</summary>
    public Histogram Duration { get; } = new();

    /// <summary>The path's part of it.</summary>
    public Histogram Network { get; } = new();
}
