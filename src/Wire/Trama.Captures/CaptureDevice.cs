using System.Text;

namespace Trama.Captures;

/// <summary>A device that can be captured on.</summary>
/// <param name="Name">The name that opens it.</param>
/// <param name="Description">What it is; empty when nothing is said about it.</param>
/// <param name="Flags">Its state.</param>
public sealed record CaptureDevice(string Name, string Description, DeviceFlags Flags)
{
    /// <summary>The device as <c>tcpdump -D</c> lists it, without its number: <c>lo [Up, Running, Loopback]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        if (Description.Length > 0) text.Append(" (").Append(Description).Append(')');
        if (Flags == 0) return text.ToString();
        List<string> words = [];
        if (Flags.HasFlag(DeviceFlags.Up)) words.Add("Up");
        if (Flags.HasFlag(DeviceFlags.Running)) words.Add("Running");
        if (Flags.HasFlag(DeviceFlags.Loopback)) words.Add("Loopback");
        bool wireless = Flags.HasFlag(DeviceFlags.Wireless);
        if (wireless) words.Add("Wireless");
        if (words.Count == 0) words.Add("none");
        if (ConnectionWord(Flags & DeviceFlags.ConnectionMask, wireless) is { } connection) words.Add(connection);
        return text.Append(" [").AppendJoin(", ", words).Append(']').ToString();
    }

    private static string? ConnectionWord(DeviceFlags connection, bool wireless) => connection switch
    {
        DeviceFlags.Connected => wireless ? "Associated" : "Connected",
        DeviceFlags.Disconnected => wireless ? "Not associated" : "Disconnected",
        DeviceFlags.ConnectionMask => null,
        _ => wireless ? null : "Connection status unknown",
    };
}

/// <summary>The state of a device, by libpcap's bits.</summary>
[Flags]
public enum DeviceFlags
{
    /// <summary>Nothing known.</summary>
    None = 0,

    /// <summary>It is the loopback device.</summary>
    Loopback = 0x01,

    /// <summary>It is up.</summary>
    Up = 0x02,

    /// <summary>It runs.</summary>
    Running = 0x04,

    /// <summary>It is wireless.</summary>
    Wireless = 0x08,

    /// <summary>It is connected.</summary>
    Connected = 0x10,

    /// <summary>It is not connected.</summary>
    Disconnected = 0x20,

    /// <summary>The bits of the connection's state; both set: such a state means nothing for this device.</summary>
    ConnectionMask = 0x30,
}
