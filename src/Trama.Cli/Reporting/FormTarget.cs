namespace Trama.Cli.Reporting;

/// <summary>Where a form of report goes.</summary>
internal enum FormTarget
{
    /// <summary>To standard output.</summary>
    Output,

    /// <summary>To standard output, in the words of what its option names.</summary>
    Words,

    /// <summary>To a file that its option names.</summary>
    File,

    /// <summary>To files in a folder that its option names.</summary>
    Folder,

    /// <summary>To a collector, whose URL its option names.</summary>
    Collector,

    /// <summary>To whoever asks at an address that its option names.</summary>
    Address,
}
