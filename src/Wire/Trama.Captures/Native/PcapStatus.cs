namespace Trama.Captures.Native;

/// <summary>What libpcap's functions return.</summary>
internal static unsafe class PcapStatus
{
    /// <summary>Reading was broken off by request.</summary>
    public const int Break = -2;

    private const int NoSuchDevice = -5;
    private const int MonitorModeNotSupported = -6;
    private const int PermissionDenied = -8;
    private const int DeviceNotUp = -9;
    private const int TimestampTypeNotSettable = -10;
    private const int PromiscuousModeDenied = -11;
    private const int PrecisionNotSupported = -12;

    /// <summary>The failure that a status of opening stands for.</summary>
    /// <param name="device">The device.</param>
    /// <param name="status">The negative status.</param>
    /// <param name="text">libpcap's text for the case; empty to take the one of the status.</param>
    public static CaptureException OpenFailure(string device, int status, string text) => new(
        status switch
        {
            NoSuchDevice => CaptureFailure.NotFound,
            PermissionDenied or PromiscuousModeDenied => CaptureFailure.NotPermitted,
            DeviceNotUp => CaptureFailure.DeviceDown,
            MonitorModeNotSupported or TimestampTypeNotSettable or PrecisionNotSupported => CaptureFailure.NotSupported,
            _ => CaptureFailure.Other,
        },
        device,
        text.Length > 0 ? text : NativeText.From(Libpcap.StatusText(status)));

    /// <summary>The failure that a status of reading stands for.</summary>
    public static CaptureException ReadFailure(string device, int status, string text) =>
        text.Contains("disappeared", StringComparison.Ordinal) ? new(CaptureFailure.DeviceGone, device, text)
        : text.Contains("went down", StringComparison.Ordinal) ? new(CaptureFailure.DeviceDown, device, text)
        : OpenFailure(device, status, text);
}
