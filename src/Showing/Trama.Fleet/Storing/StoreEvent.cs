namespace Trama.Fleet.Storing;

/// <summary>What happens to a store that somebody should know of.</summary>
public enum StoreEvent
{
    /// <summary>Rows cannot be written; they are lost until that is over.</summary>
    NotWritten,

    /// <summary>Rows are written again.</summary>
    WrittenAgain,

    /// <summary>A journal was set aside: a newer version wrote it, or it is damaged.</summary>
    SetAside,

    /// <summary>An hour's table could not be made of its journals, which stay; it is tried again.</summary>
    NotFinished,
}
