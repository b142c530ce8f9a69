namespace Trama.Reports.Browsing.Answers;

/// <summary>What became of a file since it was read.</summary>
public enum FileChange : byte
{
    /// <summary>It is as long as it was.</summary>
    None,

    /// <summary>It has grown: what came since is not shown.</summary>
    Grown,

    /// <summary>It is as long as it was, and somebody has written it since.</summary>
    Replaced,

    /// <summary>It is shorter: packets that were read are not there any more.</summary>
    Cut,

    /// <summary>There is no file of its name any more.</summary>
    Gone,
}
