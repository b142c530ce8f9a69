namespace Trama.Scrubbing.Streams;

/// <summary>Where a message is in its stream.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Protocol">Its protocol; null for none known.</param>
internal readonly record struct MessagePlace(long At, long Length, string? Protocol);
