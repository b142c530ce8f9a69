namespace Trama.Processes.Sockets;

/// <summary>The names of states as ss(8) writes them.</summary>
public static class TcpSocketStates
{
    private static readonly string[] Names =
    [
        "UNKNOWN", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN", "CLOSE-WAIT", "LAST-ACK", "LISTEN",
        "CLOSING",
    ];

    /// <summary>The names of all states.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of a state.</summary>
    public static string Name(this TcpSocketState state) => Names[(int)state];

    /// <summary>The state that the kernel means by a number. What programs do not see (12, a connection that is being opened) is
    /// <see cref="TcpSocketState.SynReceived"/>.</summary>
    internal static TcpSocketState OfKernel(byte number) => number switch
    {
        12 => TcpSocketState.SynReceived,
        > 0 and <= (byte)TcpSocketState.Closing => (TcpSocketState)number,
        _ => TcpSocketState.Unknown,
    };
}
