namespace Trama.Namespaces;

/// <summary>Why a network of its own, or a device in it, cannot be made.</summary>
public enum NamespaceFailure
{
    /// <summary>The user may not make network namespaces or devices.</summary>
    NotPermitted,

    /// <summary>The system has no network namespaces or no TUN devices.</summary>
    NotSupported,

    /// <summary>A device could not be configured.</summary>
    Device,
}
