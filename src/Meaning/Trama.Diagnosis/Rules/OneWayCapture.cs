using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A capture that has one direction only, as a tap on one fibre or a route back by another way leaves it.</summary>
internal static class OneWayCapture
{
    public static Rule Rule { get; } = new(FindingId.OneWayCapture)
    { Judge = Judge, NeedsOneSideOnly = true, Explains = [FindingId.CaptureLoss] };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        if (!evidence.IsOneSided) return null;
        bool hasClient = evidence.Connection.ToServer.Packets > 0;
        return new Finding(FindingId.OneWayCapture, Party.None, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Sender = hasClient ? Side.Client : Side.Server,
            Packets = [evidence.PacketOf(0)],
            Facts = [new Fact(FactName.Count, evidence.Segments.Length)],
        };
    }
}
