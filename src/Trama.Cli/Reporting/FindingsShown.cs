namespace Trama.Cli.Reporting;

/// <summary>Whether a form of report shows what went wrong.</summary>
internal enum FindingsShown
{
    /// <summary>It has no place for that.</summary>
    Never,

    /// <summary>When that is asked for.</summary>
    WhenAsked,

    /// <summary>Always: it keeps what a diagnosis needs anyhow.</summary>
    Always,
}
