namespace Trama.Fleet.Storing;

/// <summary>A store cannot be used.</summary>
/// <param name="fault">Why.</param>
/// <param name="path">The folder or file.</param>
/// <param name="inner">What the system said; null when it said nothing.</param>
public sealed class StoreException(StoreFault fault, string path, Exception? inner = null)
    : Exception($"{path}: {inner?.Message ?? fault.ToString()}", inner)
{
    /// <summary>Why.</summary>
    public StoreFault Fault => fault;

    /// <summary>The folder or file.</summary>
    public string Path => path;
}
