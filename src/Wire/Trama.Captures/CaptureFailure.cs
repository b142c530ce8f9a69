namespace Trama.Captures;

/// <summary>Why a device, a file or a filter could not be used.</summary>
public enum CaptureFailure
{
    /// <summary>The capture library is not installed (libpcap: needed for live capture and for filters only).</summary>
    LibraryMissing,

    /// <summary>The file, or the device, does not exist.</summary>
    NotFound,

    /// <summary>The user may not read or write the file, or capture on the device.</summary>
    NotPermitted,

    /// <summary>The device is not up.</summary>
    DeviceDown,

    /// <summary>The device went away while it was captured on.</summary>
    DeviceGone,

    /// <summary>The device cannot do what was asked: a link type, a timestamp type, a direction or monitor mode.</summary>
    NotSupported,

    /// <summary>The filter expression is wrong; the detail is the compiler's text.</summary>
    BadFilter,

    /// <summary>The medium is full.</summary>
    NoSpace,

    /// <summary>The path names a folder.</summary>
    IsFolder,

    /// <summary>The path is a link that another user has put into a folder in which all may make files.</summary>
    OthersLink,

    /// <summary>Anything else; the detail is the operating system's or the capture library's text.</summary>
    Other,
}
