namespace Trama.Diagnosis;

/// <summary>Every number that a rule compares with, and why it is that one; docs/findings.md has the same table.</summary>
internal static class Thresholds
{
    /// <summary>Seen from both ends: so many drops by a queue show that it is what limits the rate…</summary>
    public const int QueueDrops = 3;

    /// <summary>…when segments wait in it this long: jitter alone is less…</summary>
    public const long FullQueueNs = 15 * Millisecond;

    /// <summary>…and what passed before a drop had waited for this share of the longest wait…</summary>
    public const double FullShare = 0.5;

    /// <summary>…at so many of the drops: in a burst, the queue is filled by what came before.</summary>
    public const double DropsInFullQueue = 0.7;

    /// <summary>How far back a transmission is sought, in transmissions: a large window of full-size segments.</summary>
    public const int Reach = 1024;

    /// <summary>Identifications count up when so many steps of one were seen…</summary>
    public const int CountingSteps = 3;

    /// <summary>…and so large a share of all steps: losses and copies make the others.</summary>
    public const double CountingShare = 0.6;

    /// <summary>Clocks of timestamps tick at least every 10 ms in systems in use (RFC 7323 section 5.4: 1 ms to 1 s).</summary>
    public const long ClockTickNs = 10 * Millisecond;

    /// <summary>Sooner than this share of a round trip nothing can have been sent in answer to a loss.</summary>
    public const double SoonShare = 0.9;

    /// <summary>An acknowledgement in less than this share of the shortest round trip answers something earlier.</summary>
    public const double TooSoonShare = 0.6;

    /// <summary>Two packets with the same timestamps, this close, are one packet twice: a retransmission timer takes 200 ms at least (RFC 6298 section 2.4 asks for 1 s).</summary>
    public const long CopyNs = 100 * Millisecond;

    /// <summary>A reply later than this after its request arrived is slow: people notice it, and no kernel waits so long.</summary>
    public const long SlowReplyNs = 290 * Millisecond;

    /// <summary>An acknowledgement waits so long at most for the reply (RFC 9293 section 3.8.6.3); then the kernel sends it alone.</summary>
    public const long DelayedAckNs = 500 * Millisecond;

    /// <summary>A client that is silent so long before its next request keeps the server waiting…</summary>
    public const long PauseNs = 600 * Millisecond;

    /// <summary>…and one silent longer than this rests.</summary>
    public const long RestNs = 3000 * Millisecond;

    /// <summary>Pauses are a habit from this many on…</summary>
    public const int Pauses = 2;

    /// <summary>…and matter when they are so much of the connection's life.</summary>
    public const double PausedShare = 0.5;

    /// <summary>A round trip from here on is what people feel at every exchange (ITU-T G.114: 150 ms one way is the most for a conversation).</summary>
    public const long SlowRoundTripNs = 240 * Millisecond;

    /// <summary>Before this a client that closes after its request did not wait for the reply: clients wait for seconds.</summary>
    public const long WaitedNs = 1500 * Millisecond;

    /// <summary>An abort sooner than this after the last data breaks off what was under way; later, the connection was idle.</summary>
    public const long UnderWayNs = 900 * Millisecond;

    /// <summary>A request that waits longer than this at a server that lets others knock is not being served.</summary>
    public const long UnservedNs = 900 * Millisecond;

    /// <summary>Sent again so often without any answer: the peer is gone. A tail that is lost twice still comes through.</summary>
    public const int UnansweredAttempts = 3;

    /// <summary>Unanswered keep-alive probes: one may be lost.</summary>
    public const int UnansweredProbes = 2;

    /// <summary>A side that has unread bytes when it closes sends RST right behind its last data; a program that aborts does so later.</summary>
    public const long RightBehindNs = 10 * Millisecond;

    /// <summary>Segments below this are not what a path with a smaller MTU refuses (RFC 9293 section 3.7.1: 536 always pass).</summary>
    public const int FullSizeBytes = 900;

    /// <summary>Systems that count their packets up skip few identifications within a connection.</summary>
    public const int IdentificationStep = 64;

    /// <summary>One copy may be the capture's own; two are the network's.</summary>
    public const int Copies = 2;

    /// <summary>One segment that is overtaken costs nothing (RFC 5681 section 3.2: three duplicate acknowledgements make a retransmission); from this many on it is the path's habit.</summary>
    public const int Overtakings = 2;

    /// <summary>Retransmission timers take so long at least in systems in use (RFC 6298 section 2.4 asks for a second; Linux 200 ms).</summary>
    public const long TimerNs = 190 * Millisecond;

    /// <summary>A request in so many pieces at least…</summary>
    public const int Pieces = 4;

    /// <summary>…of no more than this on average…</summary>
    public const int PieceBytes = 256;

    /// <summary>…with this and a round trip between them on average is written slowly.</summary>
    public const long PieceGapNs = 40 * Millisecond;

    /// <summary>Delayed acknowledgements wait 40 ms in Linux, 200 ms elsewhere (RFC 1122 section 4.2.3.2: at most 500 ms)…</summary>
    public const long ShortestDelayedAckNs = 25 * Millisecond;

    /// <summary>…and what waited for one leaves at once.</summary>
    public const long AtOnceNs = 15 * Millisecond;

    /// <summary>From this many waits on it is how the program writes.</summary>
    public const int NagleWaits = 3;

    /// <summary>Nagle's algorithm holds back less than a segment.</summary>
    public const int SmallBytes = 1200;

    /// <summary>A window closed for less is a receiver that was busy for a moment.</summary>
    public const long ClosedWindowNs = 300 * Millisecond;

    /// <summary>Below this round trip a window costs too little to matter.</summary>
    public const long LimitedRoundTripNs = 10 * Millisecond;

    /// <summary>So many flights in a row, each up to the window's edge, are no accident.</summary>
    public const int LimitedFlights = 4;

    /// <summary>Programs read no less at a time.</summary>
    public const int SmallestRead = 128;

    /// <summary>Programs that read a fixed size read no more than this.</summary>
    public const int LargestRead = 65_536;

    /// <summary>A flood is so many SYNs at least…</summary>
    public const int FloodSyns = 20;

    /// <summary>…so large a share of all attempts…</summary>
    public const double FloodShare = 0.75;

    /// <summary>…and so close to each other on average.</summary>
    public const long FloodGapNs = 250 * Millisecond;

    /// <summary>How many packets prove a finding that has thousands.</summary>
    public const int ProvingPackets = 64;

    /// <summary>A transfer shorter than this says little of the path's rate.</summary>
    public const int BulkBytes = 50_000;

    /// <summary>Segments that wait this long in queues, for most of a transfer, wait for a bottleneck; less is a burst that drains, or a delayed acknowledgement…</summary>
    public const long QueueNs = 60 * Millisecond;

    /// <summary>…unless the queue overflows: then less is enough…</summary>
    public const long OverflowingQueueNs = 40 * Millisecond;

    /// <summary>…and the rate is even: congestion control without a bottleneck never settles.</summary>
    public const double EvenVariation = 0.4;

    /// <summary>A policer drops many…</summary>
    public const int PolicedLosses = 8;

    /// <summary>…more than bad lines do…</summary>
    public const double PolicedShare = 0.04;

    /// <summary>…again and again…</summary>
    public const int PolicedBursts = 3;

    /// <summary>…the rest of a flight at a time…</summary>
    public const double PolicedInBursts = 0.6;

    /// <summary>…and what passes keeps to its rate.</summary>
    public const double PolicedVariation = 0.5;

    /// <summary>Lost segments this close to each other, start to start, are neighbours, or have one between them.</summary>
    public const long NextToBytes = 3000;

    /// <summary>What Linux adds to the round trip at least before it sends again.</summary>
    public const long TimerFloorNs = 200 * Millisecond;

    /// <summary>How late a timer fires at most: ticks of 4 ms, and what else there is to do.</summary>
    public const long TimerLateNs = 15 * Millisecond;

    /// <summary>A side that pauses for this long at other times too has its own rhythm.</summary>
    public const long RhythmNs = 50 * Millisecond;

    /// <summary>The segment size of a path of Ethernets (1500 bytes less 40).</summary>
    public const int UsualSegmentBytes = 1460;

    /// <summary>The same with IPv6's header, longer by 20.</summary>
    public const int UsualSegmentBytes6 = 1440;

    /// <summary>What the timestamps option takes of each segment (RFC 7323 appendix A).</summary>
    public const int TimestampsBytes = 12;

    /// <summary>So large a share of the pieces of a message written slowly have one size.</summary>
    public const double AlikeShare = 0.6;

    /// <summary>The first retransmission comes within this on any path that is in use (RFC 6298 section 2.1: a second before anything is measured).</summary>
    public const long LongestTimerNs = 1500 * Millisecond;

    /// <summary>A host answers itself sooner than this.</summary>
    public const long OwnHostNs = 150_000;

    /// <summary>Segments that come through a bottleneck keep its beat: so large a share of them…</summary>
    public const double PacedShare = 0.6;

    /// <summary>…within so much of the beat…</summary>
    public const double PacedWithin = 0.2;

    /// <summary>…which is no faster than this: 12 Mbit/s of full-size segments.</summary>
    public const long PacedNs = Millisecond;

    /// <summary>In the middle of a write a timer may be seen so much later: the path is busy then.</summary>
    public const long MidWriteLateNs = 50 * Millisecond;

    /// <summary>A queue that overflows drops several segments of a flight.</summary>
    public const int OverflowLosses = 4;

    /// <summary>A connection without a silence or a way as long as this needs no closer look: no rule about time would find anything.</summary>
    public const long LookNs = 8 * Millisecond;

    /// <summary>One acknowledgement may be repeated by chance; two tell of a hole (RFC 5681 section 3.2 resends at three).</summary>
    public const int DuplicateAcks = 2;

    /// <summary>Without any acknowledgement by itself, exchanges that all take nearly the same time, so many at least, take the path's…</summary>
    public const int AlikeExchanges = 3;

    /// <summary>…where the longest is no longer than the shortest by this factor.</summary>
    public const double AlikeFactor = 1.25;

    /// <summary>Where a larger share of a side's checksums is wrong, its device fills them in after the capture.</summary>
    public const double DamagedShare = 0.25;

    /// <summary>A side speaks text once it has sent so many lines of it.</summary>
    public const int LinesOfText = 3;

    /// <summary>So many flights of one size in a row are a limit; slow start doubles them, congestion avoidance lets them grow…</summary>
    public const int SteadyFlights = 6;

    /// <summary>…by more than this.</summary>
    public const double SteadyWithin = 0.05;

    /// <summary>With so many segments a connection begins, and begins anew (RFC 6928).</summary>
    public const int InitialWindowSegments = 10;

    private const long Millisecond = 1_000_000;
}
