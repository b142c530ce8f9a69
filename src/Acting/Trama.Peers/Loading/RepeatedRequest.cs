namespace Trama.Peers.Loading;

/// <summary>Many copies of one request, so that many leave in one write.</summary>
internal static class RepeatedRequest
{
    private const int BytesAtOnce = 64 << 10;

    /// <summary>As many as fit, at least one.</summary>
    public static byte[] Of(ReadOnlySpan<byte> request)
    {
        byte[] requests = new byte[request.Length * Math.Max(1, BytesAtOnce / request.Length)];
        for (int at = 0; at < requests.Length; at += request.Length) request.CopyTo(requests.AsSpan(at));
        return requests;
    }
}
