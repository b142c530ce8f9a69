namespace Trama.Rows.Spans;

/// <summary>What became of exchanges that were to be sent.</summary>
/// <param name="Sent">How many the collector took.</param>
/// <param name="Dropped">How many it did not get, since it was away or too slow.</param>
/// <param name="Rejected">How many spans it said that it did not want.</param>
/// <param name="LastFailure">Why the last one that failed did; empty when none did.</param>
public readonly record struct SpanDelivery(long Sent, long Dropped, long Rejected, string LastFailure);
