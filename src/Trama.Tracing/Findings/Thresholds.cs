namespace Trama.Tracing.Findings;

/// <summary>Every number that a rule compares with, and why it is that one; docs/findings.md has the same table.</summary>
internal static class Thresholds
{
    private const long Millisecond = 1_000_000;

    /// <summary>A reply later than this is slow: people notice a quarter of a second.</summary>
    public const long SlowReplyNs = 250 * Millisecond;
}
