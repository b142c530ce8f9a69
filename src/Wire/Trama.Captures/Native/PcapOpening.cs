using Trama.Packets;

namespace Trama.Captures.Native;

/// <summary>Opens devices with libpcap, and asks what is known of an open one.</summary>
internal static unsafe class PcapOpening
{
    private const int NanosecondPrecision = 1;

    /// <summary>A capture that runs.</summary>
    /// <exception cref="CaptureException">The device cannot be captured on as asked.</exception>
    public static PcapHandle Open(string device, LiveOptions options)
    {
        PcapHandle handle = Create(device);
        try
        {
            Libpcap.SetSnapLength(handle, options.SnapLength);
            Libpcap.SetPromiscuous(handle, options.Promiscuous ? 1 : 0);
            Libpcap.SetTimeout(handle, (int)Math.Clamp(options.Timeout.TotalMilliseconds, 1, int.MaxValue));
            Libpcap.SetImmediateMode(handle, options.Immediate ? 1 : 0);
            // Where the system has no nanoseconds, microseconds remain.
            Libpcap.SetTimestampPrecision(handle, NanosecondPrecision);
            if (options.MonitorMode) Libpcap.SetMonitorMode(handle, 1);
            if (options.BufferBytes is { } bytes) Libpcap.SetBufferSize(handle, bytes);
            if (options.TimestampType is { } type) SetTimestampType(handle, device, type);
            int status = Libpcap.Activate(handle);
            if (status < 0) throw PcapStatus.OpenFailure(device, status, handle.ErrorText);
            if (options.LinkType is { } linkType) SetLinkType(handle, device, linkType);
            if (options.Direction != CaptureDirection.Both && Libpcap.SetDirection(handle, (int)options.Direction) != 0)
                throw new CaptureException(CaptureFailure.NotSupported, device, handle.ErrorText);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A capture that does not run yet.</summary>
    public static PcapHandle Create(string device)
    {
        byte* error = stackalloc byte[Libpcap.ErrorLength];
        *error = 0;
        PcapHandle handle = Libpcap.Create(device, error);
        if (!handle.IsInvalid) return handle;
        handle.Dispose();
        throw new CaptureException(CaptureFailure.Other, device, NativeText.From(error));
    }

    /// <summary>Whether timestamps of a capture count nanoseconds, else microseconds.</summary>
    public static bool HasNanoseconds(PcapHandle handle) => Libpcap.GetTimestampPrecision(handle) == NanosecondPrecision;

    /// <summary>Has a capture give what is there, and never wait for more.</summary>
    public static void NeverWait(PcapHandle handle)
    {
        byte* error = stackalloc byte[Libpcap.ErrorLength];
        _ = Libpcap.SetNonblocking(handle, 1, error);
    }

    /// <summary>The IPv4 network mask of a device, in network byte order; 0 when it has none.</summary>
    public static uint Netmask(string device)
    {
        byte* error = stackalloc byte[Libpcap.ErrorLength];
        uint net, mask;
        return Libpcap.LookUpNet(device, &net, &mask, error) == 0 ? mask : 0;
    }

    /// <summary>What the kernel counted.</summary>
    public static CaptureStatistics Statistics(PcapHandle handle, string device)
    {
        Libpcap.NativeStatistics counts;
        if (Libpcap.Statistics(handle, &counts) != 0) throw new CaptureException(CaptureFailure.Other, device, handle.ErrorText);
        return new CaptureStatistics(counts.Received, counts.Dropped, counts.DroppedByInterface);
    }

    private static void SetTimestampType(PcapHandle handle, string device, string name)
    {
        int type = Libpcap.TimestampTypeByName(name);
        if (type < 0) throw new CaptureException(CaptureFailure.NotSupported, device, $"invalid time stamp type {name}");
        if (Libpcap.SetTimestampType(handle, type) < 0) throw new CaptureException(CaptureFailure.NotSupported, device, handle.ErrorText);
    }

    private static void SetLinkType(PcapHandle handle, string device, LinkType linkType)
    {
        if (Libpcap.SetDataLink(handle, LinkTypes.ToDataLink(linkType)) != 0)
            throw new CaptureException(CaptureFailure.NotSupported, device, handle.ErrorText);
    }
}
