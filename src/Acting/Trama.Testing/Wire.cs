using System.Net;
using Trama.Captures;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Replies;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;
using Trama.Replay;
using Trama.Replay.Recording;
using Trama.Replay.Serving;
using Trama.Testing.Fixtures;
using Trama.Testing.Seeing;
using Trama.Tracing;

namespace Trama.Testing;

/// <summary>
/// The traffic of a server in a test. Where capturing is allowed, its packets are captured; where it is not, a relay stands before it, and
/// messages are seen but no segments: clients connect to <see cref="Address"/> in either case.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly WireOptions _options;
    private readonly IVantage _vantage;
    private readonly IAsyncDisposable? _peer;
    private int _disposals;

    private Wire(WireOptions options, IVantage vantage, IAsyncDisposable? peer = null) =>
        (_options, _vantage, _peer) = (options, vantage, peer);

    /// <summary>Where the client has to connect to.</summary>
    public IPEndPoint Address => _vantage.Address;

    /// <summary>Why segments are not seen; null when they are.</summary>
    public string? Blind => _vantage.Blind;

    /// <summary>What was seen until now.</summary>
    /// <exception cref="WireAssertionException">Not all of it could be seen.</exception>
    /// <exception cref="ObjectDisposedException">It is not looked at any more.</exception>
    public Traffic Traffic
    {
        get
        {
            Recording recording = Take();
            if (recording.IsFull) throw new WireAssertionException(
                $"there was more traffic than the {_options.MaxBytes} bytes that are kept");
            return Traffic.Of(recording.ToFile(), _options.Framing, Blind, $"at {Address}");
        }
    }

    /// <summary>Looks at the traffic of a server of this machine from now on.</summary>
    /// <param name="port">The port that it listens at, 1 to 65535.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">No server listens at such a port.</exception>
    /// <exception cref="ArgumentException">Faults were asked for, which need a peer.</exception>
    public static Task<Wire> CaptureAsync(int port, WireOptions? options = null)
    {
        RequirePort(port);
        options ??= new WireOptions();
        if (options.Faults.Count > 0) throw new ArgumentException(
            "a server that is looked at goes wrong by itself only: Wire.Faults puts a bad path before it, and Wire.Server is a bad server",
            nameof(options));
        return Task.FromResult(new Wire(options, See(new IPEndPoint(options.Host, port), options)));
    }

    /// <summary>A server that answers by rules, and what it hears and says.</summary>
    public static Wire Server(params IReadOnlyList<Rule> rules) => Server(new WireOptions(), rules);

    /// <inheritdoc cref="Server(IReadOnlyList{Rule})"/>
    public static Wire Server(WireOptions options, params IReadOnlyList<Rule> rules)
    {
        ArgumentNullException.ThrowIfNull(options);
        FramingRule framing = options.Framing == FramingRule.Auto ? FramingRule.Raw : options.Framing;
        return Of(options, new ServerOptions
        {
            Framing = framing,
            Conduct = new Answering(new RulesResponder(rules, framing, TimeProvider.System)),
            KeepOpen = true,
        });
    }

    /// <summary>The server that a capture shows: it answers each request as that one did, without its waits.</summary>
    /// <param name="capture">The capture file.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CaptureException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">There is nothing to play in it.</exception>
    public static Wire From(string capture, WireOptions? options = null)
    {
        var sink = new RecordingSink();
        var tracker = new ConnectionTracker(sink.Options(keys: null), sink);
        using (CaptureFile file = CaptureFile.Open(capture))
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        tracker.Complete();
        RecordedConnection[] recorded = [.. sink.Capture.Connections.Where(connection => connection.Exchanges.Count > 0)];
        if (recorded.Length == 0) throw new ArgumentException($"{capture} has no conversation to play", nameof(capture));
        return Of(options ?? new WireOptions(), new ServerOptions
        {
            Conduct = new ReplayedServer(new ReplayServerOptions { Connections = recorded, Pace = Pace.Fast }).Conduct,
            KeepOpen = true,
        });
    }

    /// <summary>
    /// A bad path to a server of this machine, or a bad server in its place: a relay before it does what <paramref name="fault"/>
    /// says.
    /// </summary>
    /// <param name="fault">
    /// The name of what is found then: packet-loss, slow-server, reset-by-server, closed-without-reply, no-reply, zero-window,
    /// garbled-text, message-split.
    /// </param>
    /// <param name="port">The port that the server listens at, 1 to 65535.</param>
    /// <param name="options">How; its <see cref="WireOptions.Faults"/> come first.</param>
    /// <exception cref="ArgumentException">There is no fault of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No server listens at such a port.</exception>
    public static Wire Faults(string fault, int port, WireOptions? options = null)
    {
        RequirePort(port);
        options ??= new WireOptions();
        FaultPlan[] faults = [.. options.Faults, FaultNames.Plan(fault)];
        // Nobody asks it what it saw.
        var relay = new RelayVantage(new IPEndPoint(options.Host, port), faults, "", maxBytes: 0);
        return Over(relay, relay.Address, options);
    }

    /// <summary>Asserts something of what was seen until now.</summary>
    public WireAssertions Should() => Traffic.Should(_options.Skip);

    /// <summary>Forgets what was seen until now. Connections that are open go on without their beginning.</summary>
    public void Clear() => Take().Clear();

    /// <summary>Writes what was seen until now to a capture file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => File.WriteAllBytes(path, Take().ToFile());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) > 1) return;
        await _vantage.DisposeAsync();
        if (_peer is not null) await _peer.DisposeAsync();
    }

    private Recording Take()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposals) > 0, this);
        return _vantage.Take();
    }

    // 0 is what a program asks for; at which port it listens then, the system says.
    private static void RequirePort(int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
    }

    private static Wire Of(WireOptions options, ServerOptions server)
    {
        var peer = new ServingPeer(server with { Address = options.Host, Faults = options.Faults });
        return Over(peer, peer.Address, options);
    }

    private static Wire Over(IAsyncDisposable peer, IPEndPoint address, WireOptions options)
    {
        try
        {
            return new Wire(options, See(address, options), peer);
        }
        catch
        {
            // Nobody else knows of it.
            peer.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static IVantage See(IPEndPoint server, WireOptions options)
    {
        string why = "a relay was asked for";
        if (!options.PreferRelay)
        {
            try
            {
                return new LiveVantage(server, options.MaxBytes);
            }
            catch (CaptureException error)
            {
                why = $"capturing is not possible here ({error.Message})";
            }
        }

        return new RelayVantage(server, [], why, options.MaxBytes);
    }
}
