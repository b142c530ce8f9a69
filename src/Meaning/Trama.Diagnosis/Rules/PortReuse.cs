using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A connection on the addresses and ports of an earlier one (RFC 9293 section 3.6.1).</summary>
internal static class PortReuse
{
    public static Rule Rule { get; } = new(FindingId.EphemeralPortReuse);

    public static Finding Of(long packet, long earlier) =>
        new(FindingId.EphemeralPortReuse, Party.None, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Packets = [packet],
            Sender = Side.Client,
            Facts = [new Fact(FactName.EarlierConnection, earlier)],
        };
}
