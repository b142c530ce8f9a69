namespace Trama.Captures;

/// <summary>Receives secrets of TLS connections that stand in a capture file.</summary>
/// <param name="keyLog">Lines of a key log (RFC 9850); valid during the call.</param>
public delegate void SecretsHandler(ReadOnlySpan<byte> keyLog);
