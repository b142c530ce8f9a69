namespace Trama.Cli.ThisProcess;

/// <summary>The time zone that <c>TZ</c> names.</summary>
internal static class LocalTime
{
    private const string Variable = "TZ";
    private const int LargestFile = 1 << 20;

    /// <summary>
    /// Takes UTC where <c>TZ</c> names a file that is no description of a time zone by its size: the runtime would read a device to its
    /// end. The C library takes UTC for whatever it cannot read, too.
    /// </summary>
    public static void Secure()
    {
        string zone = (Environment.GetEnvironmentVariable(Variable) ?? "").TrimStart(':');
        if (zone.Length == 0) return;
        var file = new FileInfo(Path.Combine(Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo", zone));
        if (file.Exists && file.Length is 0 or > LargestFile) Environment.SetEnvironmentVariable(Variable, "UTC");
    }
}
