namespace Trama.Cli.ThisProcess;

/// <summary>How <c>trama</c> ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It could not be done, or only in part.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Findings that <c>--fail-on</c> names were found.</summary>
    public const int FindingsFound = 3;
}
