using System.Net;

namespace Trama.Processes.Owning;

/// <summary>A connection whose owners are looked for; what is known of them grows, from another thread.</summary>
/// <param name="client">The client's end.</param>
/// <param name="server">The server's end.</param>
/// <param name="startedAt">When its SYN was captured, in nanoseconds since 1970; null when the connection is older than the
/// capture.</param>
/// <param name="sequence">The SYN's sequence number, which tells it apart from a later connection between the same ends.</param>
public sealed class OwnedConnection(IPEndPoint client, IPEndPoint server, long? startedAt, uint sequence)
{
    private volatile SocketOwner? _client;
    private volatile SocketOwner? _server;

    /// <summary>The client's end.</summary>
    public IPEndPoint Client { get; } = client;

    /// <summary>The server's end.</summary>
    public IPEndPoint Server { get; } = server;

    /// <summary>When its SYN was captured, in nanoseconds since 1970; null when the connection is older than the capture.</summary>
    public long? StartedAt { get; } = startedAt;

    /// <summary>The SYN's sequence number; 0 when the connection is older than the capture.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>Whose the client's side is; null when that is not known, or not on this machine.</summary>
    public SocketOwner? ClientOwner
    {
        get => _client;
        internal set => _client = value;
    }

    /// <summary>Whose the server's side is.</summary>
    public SocketOwner? ServerOwner
    {
        get => _server;
        internal set => _server = value;
    }

    /// <summary>When it is to be looked at next, as <see cref="System.Diagnostics.Stopwatch"/> counts.</summary>
    internal long NextLook { get; set; }

    /// <summary>How often it was looked at.</summary>
    internal int Looks { get; set; }

    /// <summary>Whether the last look found several processes, and one of them for the first time.</summary>
    internal bool IsUnsure { get; set; }

    /// <summary>How often it was looked at besides, to be sure.</summary>
    internal int MoreLooks { get; set; }

    /// <summary>Whether the client's side needs no more looks: its process is known, or it has no socket here.</summary>
    internal bool ClientIsSettled { get; set; }

    /// <summary>Whether the server's side needs no more looks: it has no socket here.</summary>
    internal bool ServerIsSettled { get; set; }
}
