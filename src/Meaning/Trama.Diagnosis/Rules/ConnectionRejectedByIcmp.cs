using Trama.Packets.Decoding;

namespace Trama.Diagnosis.Rules;

/// <summary>A SYN answered with an ICMP error: destination unreachable (RFC 792, RFC 4443 section 3.1).</summary>
internal static class ConnectionRejectedByIcmp
{
    private const byte Unreachable = 3;
    private const byte FragmentationNeeded = 4;
    private const byte Unreachable6 = 1;
    private const byte TimeExceeded = 11;
    private const byte TimeExceeded6 = 3;

    /// <summary>Systems start from more than this; what has less left was sent to find out the way, as traceroute does.</summary>
    private const byte LeastTimeToLive = 32;

    public static Rule Rule { get; } = new(FindingId.ConnectionRejectedByIcmp)
    {
        Judge = Judge,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.ErrorCame), new(FindingId.ConnectionRefused, Exclusion.NotItsReset)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (evidence.Connection.ToClient.Syn || evidence.Errors.Count == 0) return null;
        (long packet, QuotedSegment error) = evidence.Errors[0];
        bool rejects = error.IsIpv6 ? error.Type == Unreachable6 : error.Type == Unreachable && error.Code != FragmentationNeeded;
        // It goes round in circles until its time to live is over, or the way is longer than any in use.
        bool loops = error is { Code: 0 } && error.Type == (error.IsIpv6 ? TimeExceeded6 : TimeExceeded)
            && evidence.Segments[0].TimeToLive > LeastTimeToLive;
        if (!(rejects || loops) || error.Source != evidence.Connection.Client) return null;
        return new Finding(FindingId.ConnectionRejectedByIcmp, Party.Network, Severity.Error)
        {
            Confidence = Confidence.Certain,
            Kind = loops ? FindingKind.Loop : error.Reporter == evidence.Connection.Server.Address ? FindingKind.Host : FindingKind.Router,
            // A capture of several interfaces may have the error first.
            Packets = [Math.Min(evidence.PacketOf(0), packet), Math.Max(evidence.PacketOf(0), packet)],
            Facts = [new Fact(FactName.IcmpType, error.Type), new Fact(FactName.IcmpCode, error.Code),
                new Fact(FactName.Count, evidence.Errors.Count)],
        };
    }
}
