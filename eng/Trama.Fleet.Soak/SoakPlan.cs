using System.Globalization;

namespace Trama.Fleet.Soak;

/// <summary>How much is sent, by how many, and how long that takes.</summary>
internal sealed record SoakPlan
{
    /// <summary>How many rows a message has.</summary>
    public const int RowsPerMessage = 50;

    /// <summary>How many rows all sensors together send.</summary>
    public long Rows { get; private init; } = 1_000_000;

    /// <summary>How many sensors there are, but for the one whose spool is full.</summary>
    public int Sensors { get; private init; } = 20;

    /// <summary>In how long they send them, were nothing in their way; all trouble is in this time.</summary>
    public TimeSpan Time { get; private init; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long it is given up, once all trouble is over.</summary>
    public TimeSpan Patience { get; private init; } = TimeSpan.FromMinutes(6);

    /// <summary>Which half of the troubles there is; null for all of them.</summary>
    public TroubleOf? Half { get; private init; }

    /// <summary>How many messages a sensor sends.</summary>
    public int Messages => (int)(Rows / Sensors / RowsPerMessage);

    /// <summary>How long it waits between two.</summary>
    public TimeSpan Pause => Time / Messages;

    /// <summary>Reads <c>[ROWS [SENSORS [SECONDS [PATIENCE [hubs|brokers]]]]]</c>; null when it is something else.</summary>
    public static SoakPlan? Read(string[] args)
    {
        var numbers = new List<int>();
        TroubleOf? half = args is [_, _, _, _, "hubs"] ? TroubleOf.Hubs : args is [_, _, _, _, "brokers"] ? TroubleOf.Brokers : null;
        foreach (string arg in half is null ? args : args[..^1])
        {
            if (!int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0) return null;
            numbers.Add(number);
        }

        var plan = new SoakPlan { Half = half };
        if (numbers is [var rows, ..]) plan = plan with { Rows = rows };
        if (numbers is [_, var sensors, ..]) plan = plan with { Sensors = sensors };
        if (numbers is [_, _, var seconds, ..]) plan = plan with { Time = TimeSpan.FromSeconds(seconds) };
        if (numbers is [_, _, _, var patience, ..]) plan = plan with { Patience = TimeSpan.FromSeconds(patience) };
        // Four of them have trouble of their own.
        return numbers.Count <= 4 && plan.Sensors >= 4 && plan.Messages > 0 && plan.Rows % (plan.Sensors * RowsPerMessage) == 0
            ? plan : null;
    }
}
