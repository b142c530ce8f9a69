namespace Trama.Cli.Commands.Sending;

/// <summary>What a key did to the line.</summary>
internal enum EditorStep
{
    /// <summary>Nothing to be seen.</summary>
    None,

    /// <summary>The line, or the place in it, is another one.</summary>
    Changed,

    /// <summary>The line is complete.</summary>
    Line,

    /// <summary>There will be no more lines.</summary>
    End,

    /// <summary>All is to stop.</summary>
    Interrupt,
}
