using Trama.Packets;

namespace Trama.Captures.Native;

/// <summary>Copies the lists that libpcap allocates, and frees them.</summary>
internal static unsafe class DeviceLists
{
    /// <summary>All devices.</summary>
    public static List<CaptureDevice> Devices()
    {
        byte* error = stackalloc byte[Libpcap.ErrorLength];
        *error = 0;
        Libpcap.NativeDevice* first = null;
        if (Libpcap.FindAllDevices(&first, error) != 0) throw new CaptureException(CaptureFailure.Other, "libpcap", NativeText.From(error));
        List<CaptureDevice> devices = [];
        for (Libpcap.NativeDevice* device = first; device != null; device = device->Next)
            devices.Add(new CaptureDevice(NativeText.From(device->Name), NativeText.From(device->Description), (DeviceFlags)device->Flags));
        if (first != null) Libpcap.FreeAllDevices(first);
        return devices;
    }

    /// <summary>The link types of an open capture.</summary>
    public static List<LinkType> LinkTypes(PcapHandle handle, string device)
    {
        int* list = null;
        int count = Libpcap.ListDataLinks(handle, &list);
        if (count < 0) throw PcapStatus.OpenFailure(device, count, handle.ErrorText);
        List<LinkType> types = [];
        for (int i = 0; i < count; i++) types.Add(Captures.LinkTypes.FromDataLink(list[i]));
        Libpcap.FreeDataLinks(list);
        return types;
    }

    /// <summary>The clocks of a capture that need not run yet.</summary>
    public static List<TimestampSource> TimestampSources(PcapHandle handle, string device)
    {
        int* list = null;
        int count = Libpcap.ListTimestampTypes(handle, &list);
        if (count < 0) throw PcapStatus.OpenFailure(device, count, handle.ErrorText);
        List<TimestampSource> sources = [];
        for (int i = 0; i < count; i++)
        {
            sources.Add(new TimestampSource(
                NativeText.From(Libpcap.TimestampTypeName(list[i])), NativeText.From(Libpcap.TimestampTypeDescription(list[i]))));
        }

        if (count > 0) Libpcap.FreeTimestampTypes(list);
        return sources;
    }
}
