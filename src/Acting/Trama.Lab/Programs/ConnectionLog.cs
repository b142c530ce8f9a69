using System.Collections.Concurrent;
using System.Net;
using Trama.Namespaces;

namespace Trama.Lab.Programs;

/// <summary>What both programs noted of a connection, or of the attempt to open one.</summary>
internal sealed class ConnectionLog(IPEndPoint client, IPEndPoint server)
{
    private readonly ConcurrentQueue<(long At, string Side, string Event)> _events = [];

    /// <summary>The client's end.</summary>
    public IPEndPoint Client { get; } = client;

    /// <summary>The server's end.</summary>
    public IPEndPoint Server { get; } = server;

    /// <summary>The requests.</summary>
    public StreamLog ToServer { get; } = new();

    /// <summary>The replies.</summary>
    public StreamLog ToClient { get; } = new();

    /// <summary>How it ended for the client: <c>ok</c>, an error's name, what the client did or met.</summary>
    public string ClientOutcome { get; set; } = "ok";

    /// <summary>How it ended for the server; <c>not-accepted</c> when its program never had it.</summary>
    public string ServerOutcome { get; set; } = "not-accepted";

    /// <summary>When the client began to connect, in nanoseconds since the epoch.</summary>
    public long ConnectStart { get; set; }

    /// <summary>When it was connected; null when it never was.</summary>
    public long? Connected { get; set; }

    /// <summary>When the server's program got it; null when it never did.</summary>
    public long? Accepted { get; set; }

    /// <summary>The other things that the programs noted, in order.</summary>
    public IEnumerable<(long At, string Side, string Event)> Events => _events.OrderBy(entry => entry.At);

    /// <summary>Notes something.</summary>
    public void Note(string side, string what) => _events.Enqueue((Clock.Now, side, what));
}
