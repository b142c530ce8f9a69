namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what happened when.</summary>
internal static class TimelineAnswer
{
    /// <summary>Writes the parts, a series after the other.</summary>
    public static void Write(Moments moments, Timeline timeline)
    {
        moments.At("at"u8, timeline.Start);
        moments.Number("part"u8, timeline.PartNs);
        moments.Numbers("exchanges"u8, timeline.Exchanges);
        moments.Numbers("faulty"u8, timeline.Faulty);
        moments.Numbers("retransmissions"u8, timeline.Retransmissions);
        Known(moments, "p50"u8, timeline.ServerP50Ns);
        Known(moments, "p99"u8, timeline.ServerP99Ns);
    }

    private static void Known(Moments moments, ReadOnlySpan<byte> name, IReadOnlyList<long?> values)
    {
        moments.Writer.WriteStartArray(name);
        foreach (long? value in values)
        {
            if (value is { } known) moments.Writer.WriteNumberValue(known);
            else moments.Writer.WriteNullValue();
        }

        moments.Writer.WriteEndArray();
    }
}
