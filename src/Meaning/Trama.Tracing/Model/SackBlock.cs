namespace Trama.Tracing;

/// <summary>Bytes that arrived, as a selective acknowledgement names them (RFC 2018 section 3).</summary>
/// <param name="Left">The first sequence number of the block.</param>
/// <param name="Right">The sequence number after its last one.</param>
public readonly record struct SackBlock(uint Left, uint Right);
