using System.Globalization;
using System.Text;

namespace Trama.Dump.Names;

/// <summary>
/// The names that a system file gives numbers: <c>/etc/services</c> or <c>/etc/protocols</c>. The first name of a number counts.
/// </summary>
internal sealed class NumberNames
{
    private readonly Dictionary<int, byte[]> _names = [];

    private NumberNames()
    {
    }

    /// <summary>The names of a transport protocol's ports.</summary>
    /// <param name="lines">Lines of <c>name port/protocol</c>, aliases and comments behind.</param>
    /// <param name="protocol">The protocol, as in <c>tcp</c>.</param>
    public static NumberNames OfServices(IEnumerable<string> lines, string protocol) => Read(lines, "/" + protocol);

    /// <summary>The names of IP protocols.</summary>
    /// <param name="lines">Lines of <c>name number</c>, aliases and comments behind.</param>
    public static NumberNames OfProtocols(IEnumerable<string> lines) => Read(lines, "");

    /// <summary>The lines of a file; none when it cannot be read.</summary>
    public static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path, Encoding.ASCII);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The name of a number; empty when it has none.</summary>
    public ReadOnlySpan<byte> Find(int number) => _names.GetValueOrDefault(number);

    private static NumberNames Read(IEnumerable<string> lines, string suffix)
    {
        var names = new NumberNames();
        foreach (string line in lines)
        {
            string[] words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !words[1].EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (int.TryParse(words[1].AsSpan(0, words[1].Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out int number))
                names._names.TryAdd(number, Encoding.ASCII.GetBytes(words[0]));
        }

        return names;
    }
}
