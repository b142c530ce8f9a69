using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A side that spoke lines of text sends a line that is no valid UTF-8 (RFC 3629).</summary>
internal static class GarbledText
{
    /// <summary>A side speaks text once it has sent so many lines of it.</summary>
    private const int LinesOfText = 3;

    public static Rule Rule { get; } = new(FindingId.GarbledText) { Judge = Judge };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        Span<int> lines = [0, 0];
        Span<bool> isMidLine = [false, false];
        foreach (PayloadGlimpse glimpse in evidence.Glimpses)
        {
            TracedSegment segment = evidence.Segments[glimpse.Index];
            int side = (int)segment.From;
            bool isWhole = glimpse.IsWhole && glimpse.EndsLine && !isMidLine[side];
            isMidLine[side] = !glimpse.EndsLine;
            if (!isWhole) continue;
            if (glimpse.Facts.IsText) lines[side]++;
            else if (lines[side] >= LinesOfText)
                return new Finding(FindingId.GarbledText, segment.From == Side.Client ? Party.Client : Party.Server, Severity.Info)
                { Confidence = Confidence.Certain, Packets = [segment.Packet], Sender = segment.From };
        }

        return null;
    }
}
