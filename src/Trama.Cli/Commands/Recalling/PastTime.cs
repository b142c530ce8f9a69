using System.Globalization;
using Trama.Cli.CommandLine;

namespace Trama.Cli.Commands.Recalling;

/// <summary>Moments of the past for people, in the machine's time zone.</summary>
internal static class PastTime
{
    /// <summary>Date and time to the millisecond: <c>2026-11-28 02:47:01.120</c>.</summary>
    /// <param name="nanoseconds">The moment, since the Unix epoch.</param>
    public static string Of(long nanoseconds) => Local(nanoseconds).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The time of day alone, where the period is of one day; else with its date.</summary>
    public static string In(PastPeriod period, long nanoseconds) => Local(period.From).Date == Local(period.To).Date
        ? Local(nanoseconds).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) : Of(nanoseconds);

    private static DateTime Local(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick).LocalDateTime;
}
