namespace Trama.Framing.Stomp;

/// <summary>A message that waits for its acknowledgement.</summary>
/// <param name="Key">What pairs them.</param>
/// <param name="Subscription">The subscription that it belongs to; null when that was not seen to begin.</param>
/// <param name="Losses">How often bytes had been missing when it came.</param>
internal readonly record struct StompDelivery(long Key, StompSubscription? Subscription, int Losses);
