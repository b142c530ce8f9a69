namespace Trama.Scrubbing.Words;

/// <summary>Changes bytes in place.</summary>
internal delegate void SpanChange(Span<byte> bytes);
