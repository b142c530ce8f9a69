namespace Trama.Fleet.Storing;

/// <summary>What is wrong with a store.</summary>
public enum StoreFault
{
    /// <summary>The folder cannot be made, or something in it not be read or written.</summary>
    Unreadable,

    /// <summary>The folder is a link, which may lead to somebody else's.</summary>
    Link,

    /// <summary>The folder holds other things, and is no store.</summary>
    NoStore,

    /// <summary>The folder is no store of a hub.</summary>
    NoHub,

    /// <summary>Another process writes it.</summary>
    InUse,

    /// <summary>A newer version wrote it.</summary>
    Newer,

    /// <summary>What says which files count is not readable.</summary>
    Damaged,
}
