using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>When in a conversation a RST came, and how long after its last byte.</summary>
internal static class ResetMoment
{
    public static string Of(FindingFacts f) => f.Kind switch
    {
        FindingKind.NoReply => f.Say(" instead of a reply", " em vez de uma resposta") + Later(f),
        FindingKind.MidReply => f.Say(" in the middle of the reply", " no meio da resposta"),
        FindingKind.Idle => f.Say(" while the connection was idle", " com a conexão ociosa") + Later(f),
        _ => "",
    };

    private static string Later(FindingFacts f) =>
        f.With(FactName.LongestNs, ", # after the last byte", ", # depois do último byte");
}
