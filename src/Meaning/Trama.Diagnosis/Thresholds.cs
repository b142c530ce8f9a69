namespace Trama.Diagnosis;

/// <summary>
/// The numbers that more than one rule compares with, and why they are these; those of one rule stand beside it. docs/findings.md
/// has all of them.
/// </summary>
internal static class Thresholds
{
    /// <summary>What durations are written in.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>How far back a transmission is sought, in transmissions: a large window of full-size segments.</summary>
    public const int Reach = 1024;

    /// <summary>Sooner than this share of a round trip nothing can have been sent in answer to a loss.</summary>
    public const double SoonShare = 0.9;

    /// <summary>An acknowledgement in less than this share of the shortest round trip answers something earlier.</summary>
    public const double TooSoonShare = 0.6;

    /// <summary>A reply later than this after its request arrived is slow: people notice it, and no kernel waits so long.</summary>
    public const long SlowReplyNs = 290 * Millisecond;

    /// <summary>Before this a client that closes after its request did not wait for the reply: clients wait for seconds.</summary>
    public const long WaitedNs = 1500 * Millisecond;

    /// <summary>Segments below this are not what a path with a smaller MTU refuses (RFC 9293 section 3.7.1: 536 always pass).</summary>
    public const int FullSizeBytes = 900;

    /// <summary>
    /// Retransmission timers take so long at least in systems in use (RFC 6298 section 2.4 asks for a second; Linux 200 ms).
    /// </summary>
    public const long TimerNs = 190 * Millisecond;

    /// <summary>Delayed acknowledgements wait 40 ms in Linux, 200 ms elsewhere (RFC 1122 section 4.2.3.2: at most 500 ms)…</summary>
    public const long ShortestDelayedAckNs = 25 * Millisecond;

    /// <summary>Below this round trip a window costs too little to matter.</summary>
    public const long LimitedRoundTripNs = 10 * Millisecond;

    /// <summary>
    /// No system repeats anything it has not measured sooner than this (RFC 6298 section 2.1 asks for a second): two of them within it are
    /// one packet twice.
    /// </summary>
    public const long RetryNs = 100 * Millisecond;

    /// <summary>
    /// Without a word of the other side in between, nothing is sent again sooner than this: timers tick in milliseconds (RFC 8985
    /// section 7.2).
    /// </summary>
    public const long SoonestResendNs = 2 * Millisecond;

    /// <summary>How many packets prove a finding that has thousands.</summary>
    public const int ProvingPackets = 64;

    /// <summary>A transfer shorter than this says little of the path's rate.</summary>
    public const int BulkBytes = 50_000;

    /// <summary>What Linux adds to the round trip at least before it sends again.</summary>
    public const long TimerFloorNs = 200 * Millisecond;

    /// <summary>A host answers itself sooner than this.</summary>
    public const long OwnHostNs = 150_000;
}
