using System.Net;
using Trama.Packets;
using Trama.Peers.Misbehaving;
using Trama.Peers.Relaying;

namespace Trama.Testing.Seeing;

/// <summary>Stands between the client and the server of a test: sees what they say and when, and no segments.</summary>
internal sealed class RelayVantage : IVantage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Recording _recording;
    private readonly RelayedConversations _conversations;
    private readonly Relay _relay;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="target">The server.</param>
    /// <param name="faults">What goes wrong on purpose towards the client.</param>
    /// <param name="why">Why segments are not captured.</param>
    /// <param name="maxBytes">The most bytes that are kept.</param>
    public RelayVantage(IPEndPoint target, IReadOnlyList<FaultPlan> faults, string why, long maxBytes)
    {
        Blind = why;
        _recording = new Recording(LinkType.Raw, maxBytes);
        _conversations = new RelayedConversations(_recording);
        _relay = Relay.Listen(new RelayOptions
        {
            Address = IPAddress.Loopback,
            Port = 0,
            Targets = [new RelayTarget(target.Address.ToString(), target.Port)],
            Faults = faults,
            StopDeadline = TimeSpan.Zero,
        }, _conversations);
        Address = _relay.Endpoint;
        // Without the test's context, which may wait for the relay.
        _running = Task.Run(() => _relay.RunAsync(_stop.Token));
    }

    /// <inheritdoc/>
    public IPEndPoint Address { get; }

    /// <inheritdoc/>
    public string? Blind { get; }

    /// <inheritdoc/>
    public Recording Take()
    {
        if (!_relay.CatchUpAsync(Patience).GetAwaiter().GetResult())
            throw new WireAssertionException($"the relay has not read in {Patience.TotalSeconds:0} s what was sent to it");
        _conversations.Look();
        return _recording;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _relay.Dispose();
        _recording.Dispose();
        _stop.Dispose();
    }
}
