using Trama.Processes.Holders;

namespace Trama.Processes.Owning;

/// <summary>Tells which processes hold a socket: this process looks itself, or asks one that may see more.</summary>
public interface ISocketHolderSource : IDisposable
{
    /// <summary>The only user whose processes it may look at; null when it may look at everybody's.</summary>
    uint? OnlyUser { get; }

    /// <summary>The holders of some sockets, of those that are held and may be seen.</summary>
    /// <param name="wanted">The numbers of their files.</param>
    /// <param name="everywhere">Whether all processes are looked at, should the likely ones not hold them all.</param>
    Dictionary<uint, List<Holder>> Find(IReadOnlySet<uint> wanted, bool everywhere);
}
