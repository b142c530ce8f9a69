using System.Text;

namespace Trama.Run.Native;

/// <summary>
/// The arguments of a command, byte for byte as they were given: the runtime reads them as UTF-8, and what is none is lost.
/// </summary>
internal static class GivenArguments
{
    /// <summary>Each with the zero that ends it.</summary>
    /// <param name="command">The arguments as text; the last ones of the process that started this one.</param>
    public static byte[][] Of(IReadOnlyList<string> command)
    {
        byte[][] asText = [.. command.Select(word => Encoding.UTF8.GetBytes(word + '\0'))];
        try
        {
            byte[][] given = Last(File.ReadAllBytes($"/proc/{Libc.Parent()}/cmdline"), command.Count);
            return given.Length == command.Count && given.Zip(command).All(pair => IsSame(pair.First, pair.Second)) ? given : asText;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return asText;
        }
    }

    /// <summary>The last of some words, each with the zero that ends it.</summary>
    internal static byte[][] Last(ReadOnlySpan<byte> words, int count)
    {
        var all = new List<byte[]>();
        while (words.IndexOf((byte)0) is >= 0 and int end)
        {
            all.Add(words[..(end + 1)].ToArray());
            words = words[(end + 1)..];
        }

        return [.. all.TakeLast(count)];
    }

    private static bool IsSame(byte[] given, string word) => Encoding.UTF8.GetString(given, 0, given.Length - 1) == word;
}
