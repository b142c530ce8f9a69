namespace Trama.Diagnosis.Rules;

/// <summary>A capture that has each packet twice. It is no fault: everything was judged once.</summary>
internal static class DuplicatedCapture
{
    /// <summary>One packet twice may be the network's doing.</summary>
    private const int Copies = 2;

    public static Rule Rule { get; } = new(FindingId.DuplicatedCapture) { Judge = Judge, NeedsOneSideOnly = true };

    /// <summary>The finding of a connection that the capture has under another address, too.</summary>
    public static Finding OfTwin(long original) => new(FindingId.DuplicatedCapture, Party.None, Severity.Info)
    {
        Kind = FindingKind.Translated,
        Facts = [new Fact(FactName.EarlierConnection, original)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => evidence.CopyCount < Copies ? null
        : new Finding(FindingId.DuplicatedCapture, Party.None, Severity.Info)
        {
            Confidence = Confidence.Certain,
            // What another interface of this host saw again is not among the packets of the connection.
            Packets = evidence.Copies is [] ? [evidence.PacketOf(0)] : [.. evidence.Copies],
            Facts = [new Fact(FactName.Count, evidence.CopyCount),
                new Fact(FactName.Total, evidence.Connection.ToServer.Packets + evidence.Connection.ToClient.Packets)],
        };
}
