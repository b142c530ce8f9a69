using System.Collections.Concurrent;
using System.Text.Json;
using Trama.Tracing;

namespace Trama.Rows.Tables;

/// <summary>What tables call the program's own things, as the JSON does: <c>packet-loss</c>.</summary>
internal static class Words
{
    /// <summary>The name of a side; null without one.</summary>
    public static string? Of(Side? side) => side switch
    {
        Side.Client => "client",
        Side.Server => "server",
        _ => null,
    };

    /// <summary>The names of what is noteworthy of a segment, with spaces; null when nothing is.</summary>
    public static string? Of(SegmentMarks marks) => marks == SegmentMarks.None ? null
        : Names<SegmentMarks>.All.GetOrAdd(marks, marks => string.Join(' ', marks.ToString().Split(", ").Select(Kebab)));

    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All.GetOrAdd(value, value => Kebab(value.ToString()));

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    // There are few values; of marks, some dozens of combinations come up.
    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly ConcurrentDictionary<T, string> All = new();
    }
}
