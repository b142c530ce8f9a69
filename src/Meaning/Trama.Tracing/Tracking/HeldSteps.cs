using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Steps of a live connection whose TLS secrets may be about to come: a program writes them while it shakes hands, and a moment later than
/// its packets are seen.
/// </summary>
internal sealed class HeldSteps(BufferBudget budget)
{
    /// <summary>How much is held for all connections together, in bytes.</summary>
    public const long MaxTotal = 64L << 20;

    private const int MaxBytes = 256 * 1024;
    private const long MaxNs = 2_000_000_000;

    // Ticks come four times a second.
    private const int MaxTicks = 8;

    // What a step takes beside its bytes.
    private const int StepBytes = 64;

    private readonly List<(MessageStep Step, byte[] Bytes)> _steps = [];
    private Timestamp? _since;
    private int _bytes;
    private int _ticks;

    /// <summary>Whether nothing more is to be held.</summary>
    public bool AreEnough { get; private set; }

    /// <summary>Holds a step.</summary>
    public void Add(in MessageStep step, ReadOnlySpan<byte> bytes)
    {
        _steps.Add((step, bytes.ToArray()));
        _bytes += bytes.Length + StepBytes;
        budget.Take(bytes.Length + StepBytes);
        if (step.At is { } at) _since ??= at;
        AreEnough |= _bytes > MaxBytes || budget.IsSpent || step.At - _since > MaxNs;
    }

    /// <summary>Some time passes without packets.</summary>
    public void Tick() => AreEnough |= ++_ticks >= MaxTicks;

    /// <summary>Takes the steps that were held, in order.</summary>
    public void TakeAll()
    {
        budget.Release(_bytes);
        foreach ((MessageStep step, byte[] bytes) in _steps) step.Take(bytes);
    }
}
