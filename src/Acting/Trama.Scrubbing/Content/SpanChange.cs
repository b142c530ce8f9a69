namespace Trama.Scrubbing.Content;

/// <summary>Changes bytes in place.</summary>
internal delegate void SpanChange(Span<byte> bytes);
