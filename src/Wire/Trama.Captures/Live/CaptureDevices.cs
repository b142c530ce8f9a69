using Trama.Captures.Native;
using Trama.Packets;

namespace Trama.Captures.Live;

/// <summary>The devices of this machine.</summary>
public static class CaptureDevices
{
    /// <summary>The devices that this user may capture on, in libpcap's order: the likeliest first.</summary>
    /// <exception cref="CaptureException">The devices cannot be listed, or libpcap is missing.</exception>
    public static IReadOnlyList<CaptureDevice> All()
    {
        LibpcapLoader.Require();
        return DeviceLists.Devices();
    }

    /// <summary>The link types that a device can deliver, its default first.</summary>
    /// <exception cref="CaptureException">The device cannot be opened, or libpcap is missing.</exception>
    public static IReadOnlyList<LinkType> LinkTypesOf(string device, LiveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        LibpcapLoader.Require();
        using PcapHandle handle = PcapOpening.Open(device, options);
        return DeviceLists.LinkTypes(handle, device);
    }

    /// <summary>The clocks that a device can take timestamps from; empty when it has no choice.</summary>
    /// <exception cref="CaptureException">The device cannot be asked, or libpcap is missing.</exception>
    public static IReadOnlyList<TimestampSource> TimestampSourcesOf(string device)
    {
        LibpcapLoader.Require();
        using PcapHandle handle = PcapOpening.Create(device);
        return DeviceLists.TimestampSources(handle, device);
    }
}
