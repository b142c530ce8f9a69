using System.Globalization;

namespace Trama.Processes.Facts;

/// <summary>The names of users by number, from <c>/etc/passwd</c>; users that only a directory service knows keep their number.</summary>
public sealed class UserNames
{
    private const string File = "/etc/passwd";
    private const int MaxBytes = 4 << 20;

    private readonly Dictionary<uint, string> _names = [];

    /// <summary>Reads the names of this machine.</summary>
    public UserNames()
        : this(Text())
    {
    }

    internal UserNames(string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            // name:password:number:…
            int first = line.IndexOf(':'), second = first < 0 ? -1 : line[(first + 1)..].IndexOf(':');
            if (first <= 0 || second < 0) continue;
            ReadOnlySpan<char> rest = line[(first + second + 2)..];
            int third = rest.IndexOf(':');
            if (third > 0 && uint.TryParse(rest[..third], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
                _names.TryAdd(number, line[..first].ToString());
        }
    }

    /// <summary>The name of a user; the number when there is none.</summary>
    public string Of(uint user) => _names.GetValueOrDefault(user) ?? user.ToString(CultureInfo.InvariantCulture);

    private static string Text()
    {
        try
        {
            return new FileInfo(File) is { Exists: true, Length: <= MaxBytes } ? System.IO.File.ReadAllText(File) : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
