using System.Globalization;
using Trama.Captures;
using Trama.Captures.Live;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Reports;

namespace Trama.Cli.Capturing;

/// <summary>Choosing and opening the device that <c>-i</c> names.</summary>
internal static class Devices
{
    /// <summary>Captures on a device. On <c>any</c> with the newer cooked header, as tcpdump does, since it names the interface.</summary>
    /// <exception cref="CaptureException">It cannot be captured on, or libpcap is missing.</exception>
    public static LiveCapture Open(string device, LiveOptions options)
    {
        using Privileges.Raised rights = Privileges.Raise();
        if (device != "any" || options.LinkType is not null) return LiveCapture.Open(device, options);
        try
        {
            return LiveCapture.Open(device, options with { LinkType = LinkType.LinuxSll2 });
        }
        catch (CaptureException error) when (error.Failure == CaptureFailure.NotSupported)
        {
            return LiveCapture.Open(device, options);
        }
    }

    /// <summary>All devices that can be captured on.</summary>
    /// <exception cref="CaptureException">They cannot be listed, or libpcap is missing.</exception>
    public static IReadOnlyList<CaptureDevice> All()
    {
        using Privileges.Raised rights = Privileges.Raise();
        return CaptureDevices.All();
    }

    /// <summary>The device with this name or this number in the list; without either, the first of the list.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static string Choose(string? asked, Language language)
    {
        int number = 1;
        if (asked is not null && !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return asked;
        IReadOnlyList<CaptureDevice> devices = All();
        if (devices.Any(device => device.Name == asked)) return asked!;
        if (number >= 1 && number <= devices.Count) return devices[number - 1].Name;
        throw new UserError(asked is null
            ? language.Pick("there is no device to capture on: use sudo", "não há dispositivo em que capturar: use sudo")
            : language.Pick($"there is no device number {number} (trama dump -D lists them)",
                $"não há dispositivo de número {number} (trama dump -D os lista)"));
    }
}
