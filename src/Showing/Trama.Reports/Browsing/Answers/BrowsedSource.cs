namespace Trama.Reports.Browsing.Answers;

/// <summary>What a page shows, and where it comes from.</summary>
/// <param name="Capture">The capture.</param>
/// <param name="Names">The names of its files, or of the device.</param>
/// <param name="IsLive">Whether it is of a device.</param>
public sealed record BrowsedSource(BrowsedCapture Capture, IReadOnlyList<string> Names, bool IsLive)
{
    /// <summary>Whether the names are those of files or devices, which a command line can name.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>How far the reading of files has come, in bytes; null when that is not known.</summary>
    public Func<(long Read, long Size)?> Progress { get; init; } = () => null;

    /// <summary>Whether a file ended in the middle of a record.</summary>
    public Func<bool> IsTruncated { get; init; } = () => false;

    /// <summary>What became of the files since they were read.</summary>
    public Func<FileChange> Change { get; init; } = () => FileChange.None;

    /// <summary>How messages were told apart, as <c>--framing</c> takes it; empty for by themselves.</summary>
    public string Framing { get; init; } = "";

    /// <summary>The files of TLS secrets that were named.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What is to be said of the files, beside what they show.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The filter that packets have to pass; empty lets every packet pass.</summary>
    public string Filter { get; init; } = "";
}
