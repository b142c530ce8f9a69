using System.Net;
using Trama.Framing;
using Trama.Peers.Misbehaving;

namespace Trama.Testing;

/// <summary>How traffic is looked at, and what peers of the test do.</summary>
public sealed record WireOptions
{
    /// <summary>
    /// Where the server of the test listens; it has to be an address of this machine. Only what goes to that address is seen; at
    /// <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/>, what goes to any of them.
    /// </summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Whether a relay is used where capturing would be allowed: then messages are seen, and segments are not.
    /// </summary>
    public bool PreferRelay { get; init; }

    /// <summary>
    /// Is told why something cannot be seen, so that a test can be skipped (<c>Assert.Skip</c>, <c>Assert.Ignore</c>,
    /// <c>Assert.Inconclusive</c>); null has the assertion fail. It must throw; where it returns, the assertion fails.
    /// </summary>
    public Action<string>? Skip { get; init; }

    /// <summary>How messages are told apart.</summary>
    public FramingRule Framing { get; init; } = FramingRule.Auto;

    /// <summary>What goes wrong on purpose, of what a peer of the test does; a server that is only looked at
    /// (<see cref="Wire.CaptureAsync"/>) is none.</summary>
    public IReadOnlyList<FaultPlan> Faults { get; init; } = [];

    /// <summary>The most bytes of packets that are kept. Beyond that nothing more is asserted, and the reason is told.</summary>
    public long MaxBytes { get; init; } = 256L << 20;
}
