using System.Globalization;

namespace Trama.Fleet.Headers;

/// <summary>A file of the ring, as its name says: <c>01795907000123456789-000017.headers</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="FirstAt">When its first packet was seen, in nanoseconds since the Unix epoch.</param>
/// <param name="Number">How many were before it.</param>
internal sealed record HeaderSlice(string Path, long FirstAt, long Number)
{
    private const string Extension = ".headers";

    /// <summary>The one with that number.</summary>
    public static HeaderSlice Of(string folder, long firstAt, long number) => new(System.IO.Path.Combine(folder,
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, firstAt):D20}-{number:D9}{Extension}")), firstAt, number);

    /// <summary>Those of a folder, in the order in which they were written.</summary>
    public static HeaderSlice[] In(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(Named).OfType<HeaderSlice>().OrderBy(slice => slice.Number)];

    private static HeaderSlice? Named(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        if (!name.EndsWith(Extension, StringComparison.Ordinal)) return null;
        string[] parts = name[..^Extension.Length].Split('-');
        return parts is [var at, var number]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out long firstAt)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
            ? new HeaderSlice(path, firstAt, parsed) : null;
    }
}
