namespace Trama.Dump.Link;

/// <summary>The names of this machine's interfaces by their index.</summary>
internal static class InterfaceNames
{
    private static readonly Dictionary<uint, string?> Known = [];

    /// <summary>The name of the interface, or null when this machine has none of that index.</summary>
    public static string? Find(uint index)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(index, out string? name)) Known[index] = name = LookUp(index);
            return name;
        }
    }

    private static string? LookUp(uint index)
    {
        try
        {
            foreach (string folder in Directory.EnumerateDirectories("/sys/class/net"))
            {
                if (uint.TryParse(File.ReadAllText(Path.Combine(folder, "ifindex")), out uint found) && found == index)
                    return Path.GetFileName(folder);
            }
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }

        return null;
    }
}
