using System.Numerics;
using Trama.Reports.Text;

namespace Trama.Reports.Summary;

/// <summary>A histogram of durations in the steps 1, 2, 5, 10 …, drawn as bars of text.</summary>
public sealed class LatencyBars
{
    private const int Decades = 13;

    // More empty steps in a row are drawn as one line.
    private const int MostEmpty = 2;

    private const string Eighths = " ▏▎▍▌▋▊▉";

    // 1, 2, 5, 10, 20, 50 … nanoseconds.
    private static readonly long[] Limits = MakeLimits();

    // The step of the least value with a number of significant bits, where the search for that of a value begins.
    private static readonly byte[] FirstSteps = MakeFirstSteps();

    private readonly long[] _counts = new long[Decades * 3 + 1];

    /// <summary>Adds a duration in nanoseconds, as often as it occurred.</summary>
    public void Add(long nanoseconds, long count = 1) => _counts[Step(nanoseconds)] += count;

    /// <summary>A histogram of durations and how often each occurred.</summary>
    public static LatencyBars Of(IEnumerable<(long Nanoseconds, long Count)> durations)
    {
        ArgumentNullException.ThrowIfNull(durations);
        var bars = new LatencyBars();
        foreach ((long nanoseconds, long count) in durations) bars.Add(nanoseconds, count);
        return bars;
    }

    /// <summary>Draws a line for each step between the shortest and the longest duration.</summary>
    public void Draw(StyledText text, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        int first = Array.FindIndex(_counts, count => count > 0);
        int last = Array.FindLastIndex(_counts, count => count > 0);
        if (first < 0) return;
        double most = _counts.Max();
        int room = Math.Clamp(options.Width - 32, 20, 60);
        for (int step = first; step <= last; step++)
        {
            int full = Array.FindIndex(_counts, step, count => count > 0);
            if (full - step > MostEmpty)
            {
                text.Add((options.Ascii ? ":" : "⋮").PadLeft(16), TextStyle.Dim).EndLine();
                step = full;
            }

            string limit = "< " + DurationText.Of(Limits[step], options);
            text.Add(limit.PadLeft(16)).Add(options.Ascii ? " |" : " ▕", TextStyle.Dim);
            text.Add(Bar(_counts[step] / most * room, options.Ascii), TextStyle.Server);
            text.Add(" ").Add(_counts[step].ToString(System.Globalization.CultureInfo.InvariantCulture)).EndLine();
        }
    }

    private static string Bar(double length, bool ascii)
    {
        if (ascii) return new string('#', (int)Math.Ceiling(length));
        int eighths = (int)Math.Ceiling(length * 8);
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
    }

    private static int Step(long nanoseconds)
    {
        int step = nanoseconds <= 0 ? 0 : FirstSteps[64 - BitOperations.LeadingZeroCount((ulong)nanoseconds)];
        while (step < Limits.Length - 1 && nanoseconds >= Limits[step]) step++;
        return step;
    }

    private static long[] MakeLimits()
    {
        var limits = new long[Decades * 3 + 1];
        long decade = 1;
        for (int step = 0; step < limits.Length; step++)
        {
            limits[step] = (step % 3) switch { 0 => decade, 1 => decade * 2, _ => decade * 5 };
            if (step % 3 == 2) decade *= 10;
        }

        return limits;
    }

    private static byte[] MakeFirstSteps()
    {
        var steps = new byte[64];
        for (int bits = 1; bits < steps.Length; bits++)
            steps[bits] = (byte)Math.Min(Limits.Length - 1, Limits.Count(limit => limit <= 1L << (bits - 1)));
        return steps;
    }
}
