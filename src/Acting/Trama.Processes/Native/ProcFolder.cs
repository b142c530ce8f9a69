using System.Globalization;
using System.IO.Enumeration;

namespace Trama.Processes.Native;

/// <summary>Numbers that name files below <c>/proc</c>: processes, and the descriptors of one.</summary>
internal static class ProcFolder
{
    /// <summary>Where the kernel tells of processes.</summary>
    public const string Path = "/proc";

    private static readonly EnumerationOptions Options =
        new() { AttributesToSkip = default, IgnoreInaccessible = true, ReturnSpecialDirectories = false };

    /// <summary>The processes that this one sees.</summary>
    public static IEnumerable<int> Processes() => Numbers(Path);

    /// <summary>The descriptors of a process; none when it is gone, or another user's. False when they may not be seen.</summary>
    public static bool TryDescriptors(int process, List<int> descriptors)
    {
        descriptors.Clear();
        try
        {
            descriptors.AddRange(Numbers($"{Path}/{process}/fd"));
            return true;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return error is not UnauthorizedAccessException;
        }
    }

    private static FileSystemEnumerable<int> Numbers(string folder) =>
        new(folder, Number, Options) { ShouldIncludePredicate = (ref FileSystemEntry entry) => Number(ref entry) >= 0 };

    private static int Number(ref FileSystemEntry entry) =>
        int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
