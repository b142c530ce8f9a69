namespace Trama.Cli.Commands.Listing;

/// <summary>The orders of sockets, as a person writes them.</summary>
internal static class SocketSorts
{
    // The largest first; what is not known is smaller than all.
    private static readonly (string Name, Func<SocketGroup, double> Key)[] All =
    [
        ("rate", group => (group.SendRate + group.ReceiveRate) ?? -1),
        ("rtt", group => group.RttNs ?? -1),
        ("age", group => group.First.Age?.Ns ?? -1),
        ("queue", group => group.ReceiveQueue + group.SendQueue),
        ("retransmissions", group => group.Retransmissions),
    ];

    /// <summary>All names.</summary>
    public static string[] Names { get; } = [.. All.Select(sort => sort.Name)];

    /// <summary>Sorts; without a name they stay as they are, the sick ones first.</summary>
    public static IEnumerable<SocketGroup> Sorted(IEnumerable<SocketGroup> groups, string? name) =>
        name is null ? groups : groups.OrderByDescending(All.First(sort => sort.Name == name).Key);
}
