namespace Trama.Lab;

/// <summary>Why the lab cannot be set up.</summary>
public enum LabFailure
{
    /// <summary>The user may not make network namespaces or devices.</summary>
    NotPermitted,

    /// <summary>The system has no network namespaces or no TUN devices.</summary>
    NotSupported,

    /// <summary>A device could not be configured.</summary>
    Device,
}
