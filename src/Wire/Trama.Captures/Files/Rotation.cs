namespace Trama.Captures.Files;

/// <summary>When a capture goes on in a new file, and what the files are called, by tcpdump's rules.</summary>
public sealed record Rotation
{
    /// <summary>The path; with <see cref="Period"/> set, a pattern of strftime(3).</summary>
    public required string Path { get; init; }

    /// <summary>A new file is begun once one has more than this many bytes (<c>-C</c>); null for no such limit.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>A new file is begun when this much time passed (<c>-G</c>); null for no such limit.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>
    /// How many files there are at most (<c>-W</c>): with <see cref="MaximumBytes"/> the oldest is then written again, with
    /// <see cref="Period"/> alone the capture ends; 0 for any number.
    /// </summary>
    public int FileCount { get; init; }

    /// <summary>A program that is run with each finished file's path as its only argument (<c>-z</c>); null for none.</summary>
    public string? FinishedCommand { get; init; }

    /// <summary>The path of a file.</summary>
    /// <param name="startedAt">When its period started, in local time.</param>
    /// <param name="number">Its number within the period, from 0.</param>
    public string PathOf(DateTimeOffset startedAt, int number)
    {
        string path = Period is null ? Path : StrftimePattern.Format(Path, startedAt);
        int digits = MaximumBytes is null ? 0 : DigitCount(FileCount);
        return number == 0 && digits == 0
            ? path
            : path + number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    // As many digits as the largest number takes, so that the names sort; none for one file or for any number of them.
    private static int DigitCount(int fileCount)
    {
        int digits = 0;
        for (int largest = fileCount - 1; largest > 0; largest /= 10) digits++;
        return digits;
    }
}
