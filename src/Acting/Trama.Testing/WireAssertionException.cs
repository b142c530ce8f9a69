namespace Trama.Testing;

/// <summary>What was asserted of the traffic is not so, or cannot be seen.</summary>
/// <param name="message">What was expected, what there was, and the traffic.</param>
public sealed class WireAssertionException(string message) : Exception(message);
