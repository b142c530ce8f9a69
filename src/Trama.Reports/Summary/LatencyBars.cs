using Trama.Reports.Text;

namespace Trama.Reports.Summary;

/// <summary>A histogram of durations in the steps 1, 2, 5, 10 …, drawn as bars of text.</summary>
internal sealed class LatencyBars
{
    private const int Decades = 13;
    private const string Eighths = " ▏▎▍▌▋▊▉";
    private readonly long[] _counts = new long[Decades * 3 + 1];

    /// <summary>Adds a duration in nanoseconds.</summary>
    public void Add(long nanoseconds) => _counts[Step(nanoseconds)]++;

    /// <summary>Draws a line for each step between the shortest and the longest duration.</summary>
    public void Draw(StyledText text, TextOptions options)
    {
        int first = Array.FindIndex(_counts, count => count > 0);
        int last = Array.FindLastIndex(_counts, count => count > 0);
        if (first < 0) return;
        double most = _counts.Max();
        int room = Math.Clamp(options.Width - 32, 20, 60);
        for (int step = first; step <= last; step++)
        {
            string limit = "< " + DurationText.Of(Limit(step), options.Ascii);
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
        int step = 0;
        while (step < Decades * 3 && nanoseconds >= Limit(step)) step++;
        return step;
    }

    // 1, 2, 5, 10, 20, 50 … nanoseconds.
    private static long Limit(int step)
    {
        long limit = (step % 3) switch { 0 => 1, 1 => 2, _ => 5 };
        for (int decade = step / 3; decade > 0; decade--) limit *= 10;
        return limit;
    }
}
