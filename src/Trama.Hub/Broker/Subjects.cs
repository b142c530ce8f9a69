using System.Globalization;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;

namespace Trama.Hub.Broker;

/// <summary>
/// The names of subjects and streams. A sensor publishes <c>trama.PARTITION.KIND.SENSOR</c> with its own name and nothing else, which the
/// broker's permissions hold it to.
/// </summary>
internal static class Subjects
{
    /// <summary>The bucket of leases.</summary>
    public const string Leases = "trama_leases";

    /// <summary>Under which hubs are answered.</summary>
    public const string HubInbox = "_INBOX_hubs";

    /// <summary>Under which a sensor is answered.</summary>
    public static string InboxOf(string sensor) => "_INBOX_sensor_" + sensor;

    /// <summary>The stream of a partition.</summary>
    public static string Stream(int partition) => string.Create(CultureInfo.InvariantCulture, $"TRAMA_P{partition:D2}");

    /// <summary>All that the stream of a partition takes.</summary>
    public static string OfPartition(int partition) => string.Create(CultureInfo.InvariantCulture, $"trama.{partition:D2}.>");

    /// <summary>What a sensor publishes.</summary>
    public static string Of(int partition, FleetKind kind, string sensor) =>
        string.Create(CultureInfo.InvariantCulture, $"trama.{partition:D2}.{FleetTable.NameOf(kind)}.{sensor}");

    /// <summary>Where a sensor hears what is stored.</summary>
    public static string Stored(string sensor) => "trama.stored." + sensor;

    /// <summary>Where a sensor is asked.</summary>
    public static string Ask(string sensor) => "trama.ask." + sensor;

    /// <summary>The sensor of a subject; null when it is none of a sensor's.</summary>
    public static string? SensorOf(string subject) =>
        subject.Split('.') is ["trama", _, _, var sensor] && HeldMessage.IsName(sensor) ? sensor : null;
}
