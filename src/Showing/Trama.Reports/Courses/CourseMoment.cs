namespace Trama.Reports.Courses;

/// <summary>What was answered in a short part of the time, and how long that took.</summary>
/// <param name="AtNs">When it began, in nanoseconds from the start.</param>
/// <param name="LengthNs">How long it was, in nanoseconds; more than 0.</param>
/// <param name="Answered">How many requests were answered.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="P50Ns">What half of the answers took at most, in nanoseconds; null when there was none.</param>
/// <param name="P99Ns">What 99 of 100 took at most, in nanoseconds; null when there was none.</param>
public readonly record struct CourseMoment(long AtNs, long LengthNs, long Answered, long Failed, long? P50Ns, long? P99Ns)
{
    /// <summary>Answers a second.</summary>
    public double Rate => Answered * 1e9 / LengthNs;

    /// <summary>This one and the one that follows as one; of their times the longer ones stand for both.</summary>
    public CourseMoment With(CourseMoment next) => new(AtNs, LengthNs + next.LengthNs, Answered + next.Answered, Failed + next.Failed,
        Longer(P50Ns, next.P50Ns), Longer(P99Ns, next.P99Ns));

    private static long? Longer(long? one, long? other) => one is null || other > one ? other : one;
}
