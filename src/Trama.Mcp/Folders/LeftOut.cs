namespace Trama.Mcp.Folders;

/// <summary>How much below the folder was not looked at, by its reason.</summary>
internal sealed class LeftOut
{
    /// <summary>Folders that lie too deep.</summary>
    public long TooDeep { get; set; }

    /// <summary>Files and folders that cannot be read.</summary>
    public long Unreadable { get; set; }

    /// <summary>Symbolic links.</summary>
    public long Links { get; set; }

    /// <summary>Files and folders whose names are not UTF-8, so that nobody could name them.</summary>
    public long Unnameable { get; set; }

    /// <summary>Captures whose names hold characters that cannot be seen.</summary>
    public long Hidden { get; set; }
}
