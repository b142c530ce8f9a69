using System.Buffers;
using System.Text;

namespace Trama.Processes.Containers;

/// <summary>
/// Finds containers and pods in the paths of control groups (cgroups(7)), as the runtimes name them: by systemd's units or by
/// folders, in version 1 and 2. The innermost name counts, since containers run in containers.
/// </summary>
public static class CgroupPath
{
    private const int IdLength = 64;
    private const int PodLength = 36;
    private const int ShortestPod = 32;
    private const int LongestName = 128;

    // Prefix of a unit or folder; "conmon" is the process that watches a container from outside.
    private static readonly (string Prefix, string Runtime)[] Units =
    [
        ("docker-", "docker"), ("cri-containerd-", "containerd"), ("nerdctl-", "containerd"), ("containerd-", "containerd"),
        ("crio-", "cri-o"), ("libpod-", "podman"), ("podman-", "podman"),
    ];

    private static readonly (string Folder, string Runtime)[] Folders =
        [("docker", "docker"), ("containerd", "containerd"), ("buildkit", "docker")];

    internal static SearchValues<char> HexDigits { get; } = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> PodDigits = SearchValues.Create("0123456789abcdefABCDEF-_");

    /// <summary>The container in the text of <c>/proc/PID/cgroup</c>: a line for each hierarchy, of which any may name it.</summary>
    public static Container? OfFile(ReadOnlySpan<byte> lines)
    {
        Container? best = null;
        foreach (Range range in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = lines[range];
            int first = line.IndexOf((byte)':'), second = first < 0 ? -1 : line[(first + 1)..].IndexOf((byte)':');
            if (second < 0) continue;
            Container? found = Of(Encoding.UTF8.GetString(line[(first + second + 2)..]));
            if (found is not null && (best is null || Known(found) > Known(best))) best = found;
        }

        return best;
    }

    /// <summary>The container in the path of one control group; null when it names none.</summary>
    public static Container? Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string? runtime = null, id = null, pod = null;
        ReadOnlySpan<char> rest = path, previous = default;
        while (!rest.IsEmpty)
        {
            int slash = rest.IndexOf('/');
            ReadOnlySpan<char> name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (Pod(name) is { } inner) (pod, runtime, id) = (inner, null, null);
            if (TryContainer(name, previous, pod is not null, out string? ofName, out string? inside)) (runtime, id) = (ofName, inside);
            previous = name;
        }

        return id is null && pod is null ? null : new Container(runtime, id, pod);
    }

    private static int Known(Container container) =>
        (container.Id is null ? 0 : 4) + (container.Pod is null ? 0 : 2) + (container.Runtime is null ? 0 : 1);

    private static bool TryContainer(ReadOnlySpan<char> name, ReadOnlySpan<char> folder, bool isInPod, out string? runtime, out string? id)
    {
        (runtime, id) = (null, null);
        // "….slice:cri-containerd:ID" is what containerd makes of a unit's name where systemd does not run.
        ReadOnlySpan<char> unit = name.EndsWith(".scope") ? name[..^".scope".Length] : name;
        if (unit.LastIndexOf(':') is > 0 and var colon && IsId(unit[(colon + 1)..]))
        {
            ReadOnlySpan<char> before = unit[..colon];
            runtime = Prefixed(string.Concat(before[(before.LastIndexOf(':') + 1)..], "-"));
            id = unit[(colon + 1)..].ToString();
            return true;
        }

        foreach ((string prefix, string of) in Units)
        {
            if (!unit.StartsWith(prefix) || !IsId(unit[prefix.Length..])) continue;
            (runtime, id) = (of, unit[prefix.Length..].ToString());
            return true;
        }

        if (TryMachine(name, folder, out runtime, out id)) return true;
        if (!IsId(name)) return false;
        foreach ((string parent, string of) in Folders)
            if (folder.SequenceEqual(parent)) runtime = of;
        if (runtime is null && !isInPod && !IsTask(folder)) return false;
        id = name.ToString();
        return true;
    }

    // Amazon's tasks are folders of 32 digits, in which containers are; any other long hexadecimal name is only a name.
    private static bool IsTask(ReadOnlySpan<char> folder) => folder.Length == ShortestPod && folder.IndexOfAnyExcept(HexDigits) < 0;

    private static bool TryMachine(ReadOnlySpan<char> name, ReadOnlySpan<char> folder, out string? runtime, out string? id)
    {
        (runtime, id) = (null, null);
        const string lxc = "lxc.payload.", nspawn = "systemd-nspawn@", service = ".service";
        if (name.StartsWith(lxc) && IsName(name[lxc.Length..])) (runtime, id) = ("lxc", name[lxc.Length..].ToString());
        else if (folder.SequenceEqual("lxc") && IsName(name)) (runtime, id) = ("lxc", name.ToString());
        else if (name.StartsWith(nspawn) && name.EndsWith(service))
            (runtime, id) = ("nspawn", name[nspawn.Length..^service.Length].ToString());
        return id is { Length: > 0 };
    }

    private static string? Prefixed(string prefix)
    {
        foreach ((string unit, string runtime) in Units)
            if (unit == prefix) return runtime;
        return null;
    }

    // "kubepods-burstable-pod1234_….slice" of systemd, "pod1234-…" of folders; a static pod's uid has no hyphens.
    private static string? Pod(ReadOnlySpan<char> name)
    {
        int colon = name.IndexOf(':');
        if (colon > 0) name = name[..colon];
        if (name.EndsWith(".slice")) name = name[..^".slice".Length];
        int at = name.StartsWith("pod") ? 0 : name.LastIndexOf("-pod") + 1;
        if (at == 0 && !name.StartsWith("pod")) return null;
        ReadOnlySpan<char> uid = name[(at + "pod".Length)..];
        return uid.Length is PodLength or ShortestPod && uid.IndexOfAnyExcept(PodDigits) < 0 ? uid.ToString().Replace('_', '-') : null;
    }

    private static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && text.IndexOfAnyExcept(HexDigits) < 0;

    private static bool IsName(ReadOnlySpan<char> text) => text.Length is > 0 and <= LongestName;
}
