using System.Net;
using Trama.Processes.Facts;

namespace Trama.Processes.Owning;

/// <summary>A process that connected a socket, or closed it.</summary>
/// <param name="Local">Its end.</param>
/// <param name="Peer">The other end.</param>
/// <param name="Process">The process.</param>
/// <param name="IsConnecting">Whether it connected.</param>
/// <param name="From">When it began to, in nanoseconds since 1970.</param>
/// <param name="To">When that was over: the SYN was sent between the two.</param>
internal sealed record HeardProcess(IPEndPoint Local, IPEndPoint Peer, ProcessFacts Process, bool IsConnecting, long From, long To)
{
    // What the clocks of packets and of the kernel may differ by.
    private const long Tolerance = 1_000_000;

    /// <summary>Whether a connection with the same ends, whose SYN was captured then, is the one.</summary>
    public bool Concerns(long startedAt) =>
        IsConnecting ? startedAt >= From - Tolerance && startedAt <= To + Tolerance : To >= startedAt - Tolerance;
}
