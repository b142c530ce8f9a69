namespace Trama.Peers.Sending;

/// <summary>A proxy was reached, and did not connect.</summary>
/// <param name="failure">Why.</param>
/// <param name="code">The reply code of SOCKS, or the status of HTTP; 0 when there is none.</param>
public sealed class ProxyException(ProxyFailure failure, int code = 0) : Exception($"{failure} {code}")
{
    /// <summary>Why.</summary>
    public ProxyFailure Failure { get; } = failure;

    /// <summary>The reply code of SOCKS (RFC 1928, section 6), or the status of HTTP; 0 when there is none.</summary>
    public int Code { get; } = code;
}
