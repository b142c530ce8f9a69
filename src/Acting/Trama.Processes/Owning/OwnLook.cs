using Trama.Processes.Facts;
using Trama.Processes.Holders;

namespace Trama.Processes.Owning;

/// <summary>This process looks itself, and sees what it may.</summary>
public sealed class OwnLook : ISocketHolderSource
{
    private readonly HolderSearch _search = new();

    /// <inheritdoc/>
    public uint? OnlyUser { get; } = OwnRights.OnlyUser;

    /// <inheritdoc/>
    public Dictionary<uint, List<Holder>> Find(IReadOnlySet<uint> wanted, bool everywhere)
    {
        var found = new Dictionary<uint, List<Holder>>();
        _search.Find(wanted, everywhere, found);
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }
}
