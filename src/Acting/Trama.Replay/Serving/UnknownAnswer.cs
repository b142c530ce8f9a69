namespace Trama.Replay.Serving;

/// <summary>What a request gets that was not recorded.</summary>
public enum UnknownAnswer
{
    /// <summary>The reply to the nearest recorded one.</summary>
    Nearest,

    /// <summary>The error of its protocol, since nothing recorded is near.</summary>
    Refusal,

    /// <summary>The end of the connection.</summary>
    Close,

    /// <summary>What was given for such requests.</summary>
    Given,

    /// <summary>What another server replies.</summary>
    Relay,

    /// <summary>As <see cref="Refusal"/>: the other server is this one.</summary>
    Loop,

    /// <summary>Nothing: the capture has one direction alone, or no reply has to come.</summary>
    Nothing,
}
