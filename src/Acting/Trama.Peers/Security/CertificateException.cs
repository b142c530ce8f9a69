namespace Trama.Peers.Security;

/// <summary>A certificate cannot be used.</summary>
public sealed class CertificateException(CertificateFailure failure, string path, Exception? cause = null)
    : Exception(cause?.Message ?? failure.ToString(), cause)
{
    /// <summary>Why.</summary>
    public CertificateFailure Failure { get; } = failure;

    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
