namespace Trama.Diagnosis.Evidence;

/// <summary>What makes a sender send again.</summary>
internal enum LossTrigger : byte
{
    /// <summary>Duplicate or selective acknowledgements (RFC 5681 section 3.2, RFC 6675).</summary>
    Acknowledgements,

    /// <summary>The retransmission timer (RFC 6298).</summary>
    Timeout,

    /// <summary>A tail loss probe (RFC 8985 section 7).</summary>
    TailProbe,
}
