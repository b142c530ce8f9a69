using System.Net;
using Trama.Peers.Serving.Conducts;
using Trama.Replay.Adapting;
using Trama.Tracing;

namespace Trama.Replay.Serving;

/// <summary>Plays a recorded server: its <see cref="Conduct"/> is that of a server of the project.</summary>
public sealed class ReplayedServer
{
    private readonly ReplayServerOptions _options;
    private readonly TimeProvider _time;
    private readonly Repertoire _repertoire;
    private readonly string[] _dialects;
    private readonly RelayedEnds _ends = new();
    private long _turns = -1;

    /// <summary>Learns what the server said.</summary>
    /// <exception cref="ArgumentException">There are no connections.</exception>
    public ReplayedServer(ReplayServerOptions options, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.Connections.Count);
        (_options, _time) = (options, time ?? TimeProvider.System);
        _repertoire = new Repertoire([.. options.Connections.Select(Script.Of)], options.Match);
        _dialects = [.. options.Connections.Select(Dialects.Name)];
    }

    /// <summary>What it does with its clients.</summary>
    public Conversing Conduct => new(TalkAsync);

    private async Task<LineEnd> TalkAsync(ClientLine line)
    {
        int turn = (int)(Interlocked.Increment(ref _turns) % _repertoire.Scripts.Count);
        using ServedConversation? begun = await BeginningAsync(line, turn);
        return begun is null ? LineEnd.ClientClosed : await begun.RunAsync();
    }

    // Where servers of one address spoke several protocols, the client's first words tell which one it is.
    private async ValueTask<ServedConversation?> BeginningAsync(ClientLine line, int turn)
    {
        ReadOnlyMemory<byte> first = default;
        if (_dialects.Distinct().Count() > 1)
        {
            first = await line.ReadAsync();
            if (first.IsEmpty) return null;
            string wanted = first.Span.StartsWith("PRI * HTTP/2"u8) ? "http2" : "";
            int[] fitting = [.. Enumerable.Range(0, _dialects.Length).Where(at => _dialects[at] == "http2" == (wanted == "http2"))];
            if (fitting.Length > 0) turn = fitting[turn % fitting.Length];
        }

        Script script = _repertoire.Scripts[turn];
        var nowhere = new IPEndPoint(IPAddress.Loopback, 0);
        IPEndPoint local = line.Connection.Local as IPEndPoint ?? nowhere, client = line.Connection.Client as IPEndPoint ?? nowhere;
        var occasion = new Occasion(Side.Server, script.Connection.Server, local, client, _time);
        var dialect = Dialects.Of(_options.Connections[turn], occasion);
        return new ServedConversation(line, script, _repertoire, dialect, _options, _ends, _time) { First = first };
    }
}
