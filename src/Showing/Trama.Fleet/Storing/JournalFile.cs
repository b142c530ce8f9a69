using System.Globalization;

namespace Trama.Fleet.Storing;

/// <summary>A journal, as its name says: <c>20261128T22-000017.rows</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Hour">The hour, in UTC, in which it was begun.</param>
/// <param name="Number">How many were before it.</param>
internal sealed record JournalFile(string Path, string Hour, long Number)
{
    private const string Extension = ".rows";
    private const string HourPattern = "yyyyMMdd'T'HH";

    /// <summary>Its name without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The hour of a time.</summary>
    public static string HourOf(DateTimeOffset time) => time.UtcDateTime.ToString(HourPattern, CultureInfo.InvariantCulture);

    /// <summary>The one with that number.</summary>
    public static JournalFile Of(string folder, string hour, long number) => new(System.IO.Path.Combine(folder,
        string.Create(CultureInfo.InvariantCulture, $"{hour}-{number:D9}{Extension}")), hour, number);

    /// <summary>What a name says; null when it is another's.</summary>
    public static JournalFile? Named(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        if (!name.EndsWith(Extension, StringComparison.Ordinal)) return null;
        string[] parts = name[..^Extension.Length].Split('-');
        return parts is [var hour, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
            ? new JournalFile(path, hour, parsed) : null;
    }
}
