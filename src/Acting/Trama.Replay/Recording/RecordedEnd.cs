namespace Trama.Replay.Recording;

/// <summary>How one side of a recorded connection ended it.</summary>
public enum RecordedEnd
{
    /// <summary>Not at all, as far as the capture shows.</summary>
    Silence,

    /// <summary>With a FIN.</summary>
    Fin,

    /// <summary>With a RST.</summary>
    Reset,
}
