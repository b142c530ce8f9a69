using Trama.Peers.Misbehaving;

namespace Trama.Testing.Fixtures;

/// <summary>What a peer does wrong, by the names of what <c>trama diagnose</c> finds then.</summary>
internal static class FaultNames
{
    private static readonly Dictionary<string, FaultPlan> Plans = new()
    {
        ["packet-loss"] = new FaultPlan { PacketLoss = 0.4 },
        ["slow-server"] = new FaultPlan { Latency = TimeSpan.FromSeconds(1) },
        ["reset-by-server"] = new FaultPlan { ResetAfter = 0 },
        ["closed-without-reply"] = new FaultPlan { ClosedWithoutReply = true },
        ["no-reply"] = new FaultPlan { NoReply = true },
        ["zero-window"] = new FaultPlan { ZeroWindow = 0 },
        ["garbled-text"] = new FaultPlan { Garble = 0.05 },
        ["message-split"] = new FaultPlan { Slice = 3 },
    };

    /// <summary>The plan of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FaultPlan Plan(string name) => Plans.TryGetValue(name, out FaultPlan? plan) ? plan
        : throw new ArgumentException($"there is no fault '{name}'; there are: {string.Join(", ", Plans.Keys)}", nameof(name));
}
