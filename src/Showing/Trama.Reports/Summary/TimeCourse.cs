using Trama.Reports.Courses;
using Trama.Reports.Text;

namespace Trama.Reports.Summary;

/// <summary>
/// How many exchanges began, and how long the slowest took, over time: in equal parts of the time that they span, of which there are few
/// however long that is.
/// </summary>
internal sealed class TimeCourse
{
    private const int Parts = 48;
    private const int FirstWidthNs = 1000;

    // Fewer say nothing that a list of them does not say.
    private const int LeastExchanges = 32;
    private const int LeastParts = 8;

    // Where bars begin.
    private const int Column = 14;

    private readonly long[] _counts = new long[Parts];
    private readonly long?[] _slowest = new long?[Parts];
    private long? _startNs;
    private ulong _widthNs = FirstWidthNs;
    private long _exchanges;
    private int _used;

    /// <summary>Adds an exchange.</summary>
    /// <param name="atNs">When it began, in nanoseconds; what is earlier than the first one counts where that does.</param>
    /// <param name="serverNs">The server's time, in nanoseconds; null when it is not known.</param>
    public void Add(long atNs, long? serverNs)
    {
        _exchanges++;
        _startNs ??= atNs;
        ulong after = atNs <= _startNs ? 0 : (ulong)atNs - (ulong)_startNs.Value;
        while (after / _widthNs >= Parts) Widen();
        int part = (int)(after / _widthNs);
        _used = Math.Max(_used, part + 1);
        _counts[part]++;
        _slowest[part] = Longer(_slowest[part], serverNs);
    }

    /// <summary>Draws a line of rates and one of times; nothing when that would say little.</summary>
    public void Draw(StyledText text, TextOptions options)
    {
        if (_exchanges < LeastExchanges || _used < LeastParts) return;
        Language language = options.Language;
        string rate = CourseText.Rate(_counts.Max() / (_widthNs / 1e9), language);
        string time = DurationText.Of((long)Math.Min(long.MaxValue, _widthNs * (double)_used), options);
        CourseText.Row(text, options, Column, language.Pick("  rate", "  taxa"), [.. _counts.Take(_used).Select(count => (long?)count)],
            language.Pick($"up to {rate} over {time}", $"até {rate} em {time}"));
        if (_slowest.Max() is not { } slowest) return;
        string longest = DurationText.Of(slowest, options);
        CourseText.Row(text, options, Column, language.Pick("  slowest", "  mais lenta"), [.. _slowest.Take(_used)],
            language.Pick($"server time, up to {longest}", $"tempo no servidor, até {longest}"));
    }

    // Two parts become one.
    private void Widen()
    {
        _widthNs *= 2;
        for (int part = 0; part < Parts; part++)
        {
            int first = part * 2;
            _counts[part] = first < Parts ? _counts[first] + _counts[first + 1] : 0;
            _slowest[part] = first < Parts ? Longer(_slowest[first], _slowest[first + 1]) : null;
        }

        _used = (_used + 1) / 2;
    }

    private static long? Longer(long? one, long? other) => one is null || other > one ? other : one;
}
