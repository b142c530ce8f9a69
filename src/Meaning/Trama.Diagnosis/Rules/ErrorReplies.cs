using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// Replies that the protocol calls errors: TCP did its work, the application says what went wrong. A few are everyday life; where most
/// replies of a server are errors, which only the whole capture shows, it is a fault.
/// </summary>
internal static class ErrorReplies
{
    /// <summary>One error alone is no habit, even where it is the only reply that the capture has.</summary>
    private const int OwnErrors = 2;

    /// <summary>Of errors about what was asked, so many make one…</summary>
    private const int AskedWrong = 3;

    /// <summary>…where they are so large a share: clients try what a server can, and take no for an answer.</summary>
    private const double AskedWrongShare = 0.75;

    public static Rule Rule { get; } = new(FindingId.ErrorReplies) { Judge = Judge, BestSeen = Beside.Server };

    /// <summary>Whether most replies of a server, over the whole capture, are errors.</summary>
    public static bool AreMost(ServerRecord server) => (server.OwnErrors >= OwnErrors && server.OwnErrors * 2 > server.Replies)
        || (server.ErrorReplies >= AskedWrong && server.ErrorReplies > server.Replies * AskedWrongShare);

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        ProtocolEvidence protocol = evidence.Protocol;
        if (!evidence.IsLast || protocol.Errors == 0) return null;
        Party party = protocol.ErrorsOf;
        return new Finding(FindingId.ErrorReplies, party, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Packets = [.. protocol.ErrorPackets],
            Sender = Side.Server,
            Facts = [new Fact(FactName.Count, protocol.Errors), new Fact(FactName.Total, protocol.Replies)],
            Said = protocol.FirstError(party),
        };
    }
}
