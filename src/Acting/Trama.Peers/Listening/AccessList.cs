using System.Net;

namespace Trama.Peers.Listening;

/// <summary>Who may connect.</summary>
/// <param name="Allow">The only networks that may; empty means all.</param>
/// <param name="Deny">The networks that may not, even when they are allowed.</param>
public sealed record AccessList(IReadOnlyList<IPNetwork> Allow, IReadOnlyList<IPNetwork> Deny)
{
    /// <summary>Whether this address may connect.</summary>
    public bool Admits(IPAddress address) =>
        (Allow.Count == 0 || Allow.Any(network => network.Contains(address))) && !Deny.Any(network => network.Contains(address));
}
