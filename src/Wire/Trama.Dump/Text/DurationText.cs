namespace Trama.Dump.Text;

/// <summary>Writes durations in years, weeks, days, hours, minutes and seconds: <c>1w2d3h</c>.</summary>
internal static class DurationText
{
    private static readonly (uint Seconds, char Unit)[] Units =
        [(31_536_000, 'y'), (604_800, 'w'), (86_400, 'd'), (3_600, 'h'), (60, 'm'), (1, 's')];

    /// <summary>Appends a duration in seconds.</summary>
    public static void PrintDuration(this Dissection d, uint seconds)
    {
        if (seconds == 0) d.Print($"0s");
        foreach (var (unitSeconds, unit) in Units)
        {
            if (seconds >= unitSeconds) d.Print($"{seconds / unitSeconds}{unit}");
            seconds %= unitSeconds;
        }
    }
}
