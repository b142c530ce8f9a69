using Trama.Diagnosis;
using Trama.Replay.Again;

namespace Trama.Again.Score;

/// <summary>How one capture compares with what happened again.</summary>
internal sealed record Outcome(
    string Name, string Captured, string Again, bool SameRepeats, bool SameTimes, bool SameEnds)
{
    private const double TimeShare = 0.1;
    private const long TimeNs = 5_000_000;

    public bool SameFinding => Captured == Again;

    public static Outcome Of(string name, SeenCapture captured, SeenCapture again) => new(
        name, MainFinding(captured), MainFinding(again),
        Math.Abs(Repeats(captured) - Repeats(again)) <= 1,
        captured.Exchanges.Zip(again.Exchanges).All(pair => IsNear(pair.First.ServerNs, pair.Second.ServerNs)),
        captured.Seen?.Connection.State == again.Seen?.Connection.State
            && captured.Exchanges.Select(Size).SequenceEqual(again.Exchanges.Select(Size)));

    public static void Write(TextWriter output, IReadOnlyList<Outcome> outcomes)
    {
        output.WriteLine("# What happened again\n");
        output.WriteLine("Made by `dotnet run --project eng/Trama.Again.Score`; captures of both hosts of the lab's faults.\n");
        output.WriteLine("| of | same main finding | retransmissions within one | server times within 10 % (or 5 ms) | outcomes equal |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        output.WriteLine($"| {outcomes.Count} | {Share(outcomes, one => one.SameFinding)} | {Share(outcomes, one => one.SameRepeats)} | "
            + $"{Share(outcomes, one => one.SameTimes)} | {Share(outcomes, one => one.SameEnds)} |");
        output.WriteLine("\n| capture | captured | again |\n| --- | --- | --- |");
        foreach (Outcome one in outcomes.Where(one => !one.SameFinding)) output.WriteLine($"| {one.Name} | {one.Captured} | {one.Again} |");
    }

    private static string Share(IReadOnlyList<Outcome> outcomes, Func<Outcome, bool> holds)
    {
        int count = outcomes.Count(holds);
        return $"{count} ({100.0 * count / Math.Max(1, outcomes.Count):F0} %)";
    }

    private static (long?, long?) Size(SeenExchange exchange) => (exchange.RequestBytes, exchange.ReplyBytes);

    private static bool IsNear(long? captured, long? again) =>
        captured is not { } one || again is not { } other || Math.Abs(one - other) <= Math.Max(one * TimeShare, TimeNs);

    private static long Repeats(SeenCapture capture) =>
        (capture.Seen?.Connection.ToServer.Retransmissions ?? 0) + (capture.Seen?.Connection.ToClient.Retransmissions ?? 0);

    private static string MainFinding(SeenCapture capture) =>
        capture.Findings is [{ Severity: >= Severity.Warning } finding, ..] ? $"{finding.Id}" : "-";
}
