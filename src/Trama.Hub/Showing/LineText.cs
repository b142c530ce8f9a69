using System.Globalization;
using Trama.Fleet.Sending;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Hub.Showing;

/// <summary>Values of a hub's store in words, for lists and the page.</summary>
internal static class LineText
{
    private const double NsPerMs = 1e6;

    /// <summary>A moment, in nanoseconds since the Unix epoch: <c>2026-11-29T13:08:07Z</c>.</summary>
    public static string Time(long? nanoseconds) => nanoseconds is not { } known ? "-"
        : DateTimeOffset.UnixEpoch.AddTicks(known / TimeSpan.NanosecondsPerTick).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture);

    /// <summary>A duration in milliseconds.</summary>
    public static string Ms(long? nanoseconds) => nanoseconds is not { } known ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{known / NsPerMs:0.0} ms");

    /// <summary>What a sensor lost.</summary>
    public static string Gap(string sensor, ReadRow row, Language language)
    {
        string when = $"{Time(row.Number("from"))} .. {Time(row.Number("to"))}";
        string missing = $"{row.Number("rows")} {VisibleText.Checked(row.Text("kind"))} ({when})";
        return language.Pick($"gap: {sensor} lost {missing}: its spool was full",
            $"lacuna: {sensor} perdeu {missing}: sua fila estava cheia");
    }
}
