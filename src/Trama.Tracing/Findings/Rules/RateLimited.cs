namespace Trama.Tracing.Findings.Rules;

/// <summary>A bottleneck on the path.</summary>
internal static class RateLimited
{
    public static Finding? Judge(ConnectionEvidence evidence) => null;
}
