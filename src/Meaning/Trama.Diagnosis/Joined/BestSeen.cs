using Trama.Tracing;

namespace Trama.Diagnosis.Joined;

/// <summary>Which of two vantage points shows a finding best: the one beside whom it is about.</summary>
internal static class BestSeen
{
    public static Side At(Finding finding) => Causes.RuleOf(finding.Id).BestSeen switch
    {
        Beside.Server => Side.Server,
        Beside.Sender => finding.Sender ?? Side.Client,
        Beside.Party when finding.Party == Party.Server => Side.Server,
        _ => Side.Client,
    };
}
