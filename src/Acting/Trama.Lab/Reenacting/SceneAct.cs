namespace Trama.Lab.Reenacting;

/// <summary>What a program of a scene does.</summary>
public enum SceneAct : byte
{
    /// <summary>It writes, in one write.</summary>
    Write,

    /// <summary>It ends its stream, and goes on reading.</summary>
    EndStream,

    /// <summary>It closes.</summary>
    Close,

    /// <summary>It closes with RST.</summary>
    Abort,
}
