namespace Trama.Processes.Containers;

/// <summary>The container that a process runs in, as its control group names it.</summary>
/// <param name="Runtime">Who runs it: <c>docker</c>, <c>containerd</c>, <c>cri-o</c>, <c>podman</c>, <c>lxc</c>, <c>nspawn</c>; null when
/// the name does not say.</param>
/// <param name="Id">Its identifier, mostly 64 hexadecimal digits; null for a pod of which no container is named.</param>
/// <param name="Pod">The uid of its Kubernetes pod, with hyphens; null when it is in none.</param>
public sealed record Container(string? Runtime, string? Id, string? Pod)
{
    // As the tools that list containers shorten them.
    private const int ShortLength = 12;

    /// <summary>The beginning of the identifier, as the tools show it; of a pod alone, the pod's.</summary>
    public string ShortId
    {
        get
        {
            string id = Id ?? Pod ?? "";
            return id.Length > ShortLength && Id is not null && id.AsSpan(0, ShortLength).IndexOfAnyExcept(CgroupPath.HexDigits) < 0
                ? id[..ShortLength] : id;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', ((string?[])[Runtime, ShortId]).Where(part => !string.IsNullOrEmpty(part)));
}
